"""The names of refusals are those of the macros."""

import re
from pathlib import Path

from platform_cli.snapshots.history_tests.refusals import GUARDS, REFUSALS

MACROS = Path(__file__).parents[3] / "macros" / "scd"


def test_every_refusal_of_the_macros_can_be_expected() -> None:
    text = "\n".join(file.read_text() for file in sorted(MACROS.rglob("*.sql")))
    named = set(re.findall(r"scd_refuse\(\s*scd,\s*'(\w+)'", text))
    assert len(named) > 10
    assert named | set(GUARDS) == set(REFUSALS)


def test_the_guards_are_those_of_the_macros() -> None:
    text = (MACROS / "settings" / "scd_default_guards.sql").read_text()
    assert tuple(re.findall(r"'(\w+)': ", text)) == GUARDS
