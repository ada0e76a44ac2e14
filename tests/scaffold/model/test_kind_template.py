import pytest

from platform_cli.errors import PlatformError
from platform_cli.scaffold.model.kind_template import KindTemplate, refuse_strange
from platform_cli.scaffold.model.kinds import kind_names
from tests.made_builders import KINDS, as_made, eject, fifty

FACT = KINDS["fact"]


def change(root, file: str, old: str, new: str) -> int:
    """Change the project's own template of facts; returns the line."""
    path = eject(root, FACT) / file
    text = path.read_text()
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("answers", fifty()[:16], ids=lambda one: one.name)
def test_an_ejected_template_makes_what_ours_makes_and_has_its_version(answers, tmp_path) -> None:
    eject(tmp_path, answers.kind)
    assert KindTemplate(answers.kind, tmp_path).own("model.sql")
    assert as_made(answers, tmp_path) == as_made(answers)


def test_any_change_is_another_version_but_for_the_header(tmp_path) -> None:
    ours = KindTemplate(FACT).version
    change(tmp_path, "model.sql", "It is yours now", "We took it")
    assert KindTemplate(FACT, tmp_path).version == ours
    change(tmp_path, "model.sql", "select * from final", "from final")
    assert KindTemplate(FACT, tmp_path).version != ours


def test_without_the_project_s_file_ours_is_used(tmp_path) -> None:
    change(tmp_path, "model.sql", "select * from final", "from final")
    (tmp_path / "templates/fact/model.yml").unlink()
    answers = next(one for one in fifty() if one.kind == FACT)
    made, ours = as_made(answers, tmp_path), as_made(answers)
    assert made.yml == ours.yml
    assert made.sql == ours.sql.replace("select * from final", "from final")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("model.yml", "model.description", "model.descripton", "did you mean 'description'"),
        ("model.yml", "[[ model.sla |", "[[ modl.sla |", "there is no 'modl'"),
        ("model.yml", "[% endfor %]", "[% endfr %]", "unknown tag 'endfr'"),
        ("model.yml", "model.description | yaml", "model.description | yml", "'yml'"),
        ("model.yml", "column.quoted", "column.nothing", "'nothing'"),
        ("model.yml", "model.key | length", "model.key / 2", "unsupported operand"),
        ("model.yml", "    config:", "     config:", "no valid YAML"),
        ("model.yml", "  - name: [[ model.name ]]", "  - name: it", "no entry of the model"),
        ("model.sql", "select * from final", "select * from {{ final", "broken Jinja"),
        ("model.sql", "with\n", '[% include "_parts/selct.sql" %]\nwith\n', "_parts/select.sql"),
        ("model.sql", "[[ parent.alias ]]", "[[ parent.alias ]", "unexpected ']'"),
    ],
)
def test_a_broken_template_is_refused_at_its_line(file, old, new, said, tmp_path) -> None:
    line = change(tmp_path, file, old, new)
    answers = next(one for one in fifty() if one.kind == FACT)
    with pytest.raises(PlatformError) as error:
        as_made(answers, tmp_path)
    assert said in error.value.message + error.value.hint
    assert error.value.where.path == f"templates/fact/{file}"
    # What is wrong with the result is found a line late or early, as YAML and Jinja find it.
    late = said in ("no valid YAML", "unknown tag 'endfr'", "no entry of the model")
    assert abs(error.value.where.line - line) <= late


def test_an_empty_template_and_one_that_is_no_text_are_refused(tmp_path) -> None:
    path = eject(tmp_path, FACT) / "model.sql"
    answers = next(one for one in fifty() if one.kind == FACT)
    for content, said in ((b"\n", "it makes no SQL"), (b"\xff\xfe", "cannot be read")):
        path.write_bytes(content)
        with pytest.raises(PlatformError, match=said):
            as_made(answers, tmp_path)


def test_a_template_that_nothing_would_use_is_a_slip(tmp_path) -> None:
    refuse_strange(tmp_path, kind_names())
    eject(tmp_path, FACT).rename(tmp_path / "templates/facts")
    (tmp_path / "templates/made").mkdir()
    with pytest.raises(PlatformError, match="no kind 'facts'") as error:
        refuse_strange(tmp_path, kind_names())
    assert "'fact'" in error.value.hint
