import sys
from pathlib import Path

import pytest

from platform_cli.conventions.all_rules import all_rules
from platform_cli.errors import PlatformError
from tests.builders import write

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
