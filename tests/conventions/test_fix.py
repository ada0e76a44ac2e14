from pathlib import Path

import pytest

from platform_cli.conventions.fix import FIXES, SuggestedError, load_fix, offset
from platform_cli.conventions.rule import load_rules
from platform_cli.errors import Where

TESTS = Path(__file__).parent / "fixes"


def test_every_fix_is_of_a_rule_and_has_a_mirrored_test() -> None:
    rules = {one.name for one in load_rules()}
    for file in FIXES.glob("[!_]*.py"):
        name = file.stem.replace("_", "-")
        assert name in rules
        assert load_fix(name) is not None
        assert (TESTS / f"test_{file.stem}.py").is_file()


def test_a_rule_knows_whether_it_has_a_fix() -> None:
    by_name = {one.name: one for one in load_rules()}
    assert by_name["model-has-owner"].fix == "automatic"
    assert by_name["no-upward-dependency"].fix == "none"


def test_a_place_is_found_in_texts_with_any_line_ends() -> None:
    for text in ("ab\ncd\nef", "ab\r\ncd\r\nef"):
        assert text[offset(text, Where("x", 3, 2))] == "f"
    with pytest.raises(SuggestedError):
        offset("ab", Where("x"))
