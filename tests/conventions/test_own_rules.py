import sys
from pathlib import Path

import pytest

from platform_cli.cli import run
from platform_cli.conventions.all_rules import all_rules
from platform_cli.errors import PlatformError
from tests.builders import write
from tests.small_project import FILES, write_project

RULE = '''
from collections.abc import Iterator
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.resources import Model

@rule(severity="warn")
def model_is_short(model: Model, *, longest: int = 8) -> Iterator[Violation]:
    """A name is short.

    ## Why
    One has to type it.
    """
    if len(model.name) > longest:
        yield Violation("too long")
'''


def of_project(folder: Path, **files: str) -> list[str]:
    """The names of a project's own rules."""
    write(folder, {f"rules/{name}.py": text for name, text in files.items()})
    ours = {one.name for one in all_rules(None)}
    return [one.name for one in all_rules(folder) if one.name not in ours]


def test_each_file_is_a_rule_but_tests_and_what_begins_with_a_line(tmp_path) -> None:
    files = {"model_is_short": RULE, "_shared": "1/0", "test_it": "1/0"}
    assert of_project(tmp_path, **files) == ["model-is-short"]
    assert of_project(tmp_path / "nothing") == []
    assert not list(tmp_path.rglob("__pycache__"))


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("def f(:\n", "not valid Python", 1),
        ("\nimport nowhere_at_all\n", "ModuleNotFoundError", 2),
        ("x = 1\n", "has no rule named model_is_short", None),
        (RULE.replace("## Why", "Because"), "neither what it wants nor why", 6),
        (RULE.replace(": Model,", ","), "asks for int", 6),
        (RULE.replace("Iterator[Violation]", "Nobody"), "NameError", None),
        (RULE.replace("*, longest: int = 8", "name: str"), "asks for str", 6),
        ("raise SystemExit\n", "cannot be loaded", 1),
    ],
)
def test_a_broken_file_is_an_error_with_its_place(tmp_path, text, message, line) -> None:
    with pytest.raises(PlatformError) as error:
        of_project(tmp_path, model_is_short=text)
    assert message in error.value.message
    assert error.value.where.path == "rules/model_is_short.py"
    assert line is None or error.value.where.line == line
    assert error.value.hint
    sys.modules.pop("platform_own_rules.model_is_short", None)


def test_a_rule_cannot_take_the_name_of_ours(tmp_path) -> None:
    text = RULE.replace("model_is_short", "model_has_owner")
    with pytest.raises(PlatformError, match="there is a rule model-has-owner already"):
        of_project(tmp_path, model_has_owner=text)


FIXED = '''
from collections.abc import Iterator
from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic

@rule(severity="warn")
def model_is_timed(model: Model, *, word: str = "daily") -> Iterator[Violation]:
    """A model says how often it is built.

    ## Why
    One has to know.
    """
    if model.config.get("meta", {}).get("every") is None:
        yield Violation("nobody says how often")

@fix()
def fix_model_is_timed(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    word = scene.setting("model-is-timed", "word")
    EDITS
'''
YAML = "models/staging/raw/stg_customers.yml"
SETS = (
    'yield SetKey(properties_home(scene.project, model), (*entry_way(model), "config", "meta",'
    ' "every"), word)'
)


def left_by(folder: Path, capsys: pytest.CaptureFixture[str], edits: str) -> str:
    """What `check --fix` says of stg_customers in a project with this rule."""
    write_project(folder, {"rules/model_is_timed.py": FIXED.replace("EDITS", edits)})
    run(["-C", str(folder), "check", "--select", "stg_customers", "--fix"])
    return capsys.readouterr().out


def test_a_fix_in_the_same_file_mends_what_the_rule_finds(tmp_path, capsys) -> None:
    out = left_by(tmp_path, capsys, SETS)
    assert "no findings" in out
    expected = FILES[YAML].replace(
        "config: {group: sales}", "config: {group: sales, meta: {every: daily}}"
    )
    assert (tmp_path / YAML).read_text() == expected
    assert run(["-C", str(tmp_path), "rules", "--fixable", "model-is-timed"]) == 0


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ('raise SuggestedError("only you know")', "not fixed: only you know"),
        ("yield 1 / 0", "not fixed: its fix failed: ZeroDivisionError"),
        (SETS.replace('"every"', '"never"'), "not fixed: the edit would not make the finding go"),
        ("yield 3", "not fixed: its fix failed: TypeError: 3 is no edit"),
    ],
)
def test_a_fix_that_does_not_do_is_told_and_changes_nothing(tmp_path, capsys, edits, why) -> None:
    assert why in left_by(tmp_path, capsys, edits)
    assert (tmp_path / YAML).read_text() == FILES[YAML]


def test_a_function_that_is_no_fix_is_an_error_with_its_place(tmp_path) -> None:
    text = RULE + "\ndef fix_model_is_short(finding, model, scene):\n    yield from ()\n"
    with pytest.raises(PlatformError, match="is no fix") as error:
        of_project(tmp_path, model_is_short=text)
    assert str(error.value.where) == f"rules/model_is_short.py:{text.count(chr(10)) - 1}"
