import pytest

from platform_cli.conventions.rule import load_rules
from platform_cli.conventions.rule_filter import Wanted, kinds_seen, matching

RULES = load_rules()


@pytest.mark.parametrize(
    ("wanted", "inside", "outside"),
    [
        (Wanted(), "model-has-owner", ""),
        (Wanted(severity="warn"), "columns-documented", "model-has-owner"),
        (Wanted(sees="source"), "unused-source", "model-has-owner"),
        (Wanted(sees="snapshot"), "snapshot-has-unique-key-and-strategy", "unused-source"),
        (Wanted(fixable=True), "model-has-owner", "cross-join"),
        (Wanted(words=("PRIMARY", "key")), "model-has-primary-key", "unused-source"),
        (Wanted(words=("nowhere at all",)), "", "model-has-owner"),
    ],
)
def test_rules_are_found_by_what_they_are(wanted, inside, outside) -> None:
    names = {one.name for one in matching(RULES, wanted)}
    assert not inside or inside in names
    assert outside not in names


def test_what_rules_look_at_is_named() -> None:
    assert {"model", "source", "snapshot", "exposure"} <= set(kinds_seen(RULES))
