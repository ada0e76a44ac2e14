import pytest

from tests.read_builders import load

CALL = "def model(dbt, session):\n    return dbt.ref(name)\n"
HOOK = 'def model(dbt, session):\n    dbt.config(pre_hook="{{ broken")\n'


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("def model(dbt, session):\n    return (1,\n", "Python in models/m.py: '(' was never", 2),
        (CALL, "Python in models/m.py: dbt reads only literals", 2),
        (f"x = {'-' * 100_000}1\n", "Python in models/m.py: it is nested too deeply", 1),
        (HOOK, "Jinja in models/m.py: ", 1),
    ],
)
def test_what_is_broken_in_a_python_model_is_called_python(tmp_path, text, said, line) -> None:
    [problem] = load(tmp_path, {"models/m.py": text}).problems
    assert problem.message.startswith(f"Broken {said}")
    assert (problem.path, problem.line) == ("models/m.py", line)
    assert ("`{{`" in problem.hint) == ("Jinja" in said)
