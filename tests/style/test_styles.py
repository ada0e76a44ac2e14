import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli.project.project import Project
from platform_cli.style import many
from platform_cli.style.fault import Outcome, Task
from platform_cli.style.styles import Styles
from tests.builders import write
from tests.read_builders import a_project
from tests.style_builders import PACKAGE

FILES = {
    ".sqlfluff": "[sqlfluff]\nrules = LT01\n",
    "models/a.sql": "select {{ tools.both('1') }},  2 as c\n",
    "models/b/b.sql": "select  1 as a from {{ ref('a') }}\n",
    "models/plain.sql": "select 1 as a\n",
    **PACKAGE,
}


@pytest.fixture
def folder(tmp_path) -> Path:
    return a_project(tmp_path, FILES)


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The files that sqlfluff is asked about."""
    names: list[str] = []
    real = many.lint_all

    def seen(tasks: list[Task], progress: many.Progress | None) -> list[Outcome]:
        names.extend(one.path for one in tasks)
        return real(tasks, progress)

    monkeypatch.setattr(many, "lint_all", seen)
    return names


def look(folder: Path) -> dict[str, int]:
    """How many faults each model has; read anew, as another command would."""
    project = Project.load(folder)
    styles = Styles(project, project.resources.values())
    styles.look()
    styles.keep()
    return {name: len(styles.of(project.model(name)).faults) for name in ("a", "b", "plain")}


def test_sqlfluff_is_asked_once(folder, asked) -> None:
    first = look(folder)
    assert first == {"a": 1, "b": 1, "plain": 0}
    assert sorted(asked) == ["models/a.sql", "models/b/b.sql", "models/plain.sql"]
    asked.clear()
    assert look(folder) == first
    assert asked == []


def test_only_an_edited_file_is_new(folder, asked) -> None:
    look(folder)
    asked.clear()
    write(folder, {"models/plain.sql": "select  1 as a\n"})
    assert look(folder)["plain"] == 1
    assert asked == ["models/plain.sql"]


def test_a_macro_of_a_package_makes_those_new_that_use_it(folder, asked) -> None:
    look(folder)
    asked.clear()
    macro = "{% macro both(a) %}{{ a }} as one{% endmacro %}"
    write(folder, {"dbt_packages/tools/macros/m.sql": macro})
    assert look(folder)["a"] == 1
    assert asked == ["models/a.sql"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".sqlfluff", "[sqlfluff]\nrules = CP01\n"),
        ("models/b/.sqlfluff", "[sqlfluff]\nrules = CP01\n"),
        ("setup.cfg", "[metadata]\nname = x\n[sqlfluff]\nexclude_rules = LT01\n"),
        ("tox.ini", "[sqlfluff]\nexclude_rules = LT01\n"),
        ("pyproject.toml", "[tool.sqlfluff.core]\nexclude_rules = 'LT01'\n"),
        (".sqlfluffignore", "models/b/\n"),
    ],
)
def test_other_settings_hold_at_once(folder, path, text) -> None:
    look(folder)
    write(folder, {path: text})
    assert look(folder)["b"] == 0


def test_settings_of_other_programs_make_nothing_new(folder, asked) -> None:
    write(folder, {"pyproject.toml": "[project]\ndependencies = ['sqlfluff']\n"})
    look(folder)
    asked.clear()
    write(folder, {"pyproject.toml": "[project]\ndependencies = ['sqlfluff>=4']\n"})
    look(folder)
    assert asked == []


def test_settings_above_the_project_hold_within_its_repository(folder, tmp_path) -> None:
    inner = a_project(tmp_path / "top" / "inner", {**FILES, ".sqlfluff": ""})
    write(tmp_path / "top", {".sqlfluff": "[sqlfluff]\nrules = CP01\n"})
    assert look(inner)["b"] == 1  # ours: nobody says that the folder above belongs to it
    (tmp_path / "top" / ".git").mkdir()
    assert look(inner)["b"] == 0


def test_what_is_not_asked_about_is_not_looked_at(folder, asked) -> None:
    project = Project.load(folder)
    Styles(project, [project.model("plain")]).look()
    assert asked == ["models/plain.sql"]


def test_a_broken_file_of_faults_is_as_if_it_were_not_there(folder) -> None:
    first = look(folder)
    (file,) = (folder / "target" / "platform_cli").glob("style-*.bin")
    file.write_bytes(file.read_bytes()[:-5] + b"xxxxx")
    assert look(folder) == first


def test_what_is_known_needs_no_sqlfluff(folder) -> None:
    look(folder)
    code = (
        "import sys; from pathlib import Path; from platform_cli.project.project import Project; "
        "from platform_cli.style.styles import Styles; "
        "p = Project.load(Path(sys.argv[1])); s = Styles(p, p.resources.values()); s.look(); "
        "print(len(s.of(p.model('b')).faults), {'sqlfluff', 'jinja2', 'dbt'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stdout == "1 set()\n"


@pytest.mark.slow
def test_many_files_are_looked_at_in_several_processes(folder, monkeypatch) -> None:
    more = {f"models/m{n}.sql": f"select  {n} as a\n" for n in range(2 * many.MANY)}
    write(folder, more)
    monkeypatch.setattr(many, "_processors", lambda: 2)
    project = Project.load(folder)
    styles = Styles(project, project.resources.values())
    styles.look()
    assert all(len(styles.of(project.model(f"m{n}")).faults) == 1 for n in range(2 * many.MANY))
