"""The settings of snapshots as `check` knows them are those that the macros know."""

from __future__ import annotations

import random
import re
from typing import Any

from platform_cli.project.scd_settings import GUARDS, SETTINGS, STRATEGIES, wrong_settings
from tests.scd.plain_macros import SCD, plain_macros

VALUES: list[Any] = [
    *(None, True, False, 0, 1, 2, 3, -1, 0.05, 1.5, "", "1", "2", "name", "true", "20%", "soon"),
    *("2020-01-31", "2020-01-31 08:00", "2020-01-31T08:00:00.5", "2020-1-31", "op = 'D'"),
    *([], ["name"], ["name", "city"], [1], {}, {"name": 0.1}, {"name": -1}, {"name": "0.1"}),
]
NAMES = [*SETTINGS, "tolerence", "delete", "scd"]
GUARD_NAMES = [*GUARDS, "mass_deletes", "empty"]


def said_by_macros(scd: Any, strategy: str) -> set[str]:
    run = {
        "scd": scd,
        "strategy": strategy,
        "updated_at": "u",
        "hard_deletes": "ignore",
        "allow": [],
        "name": "s",
        "refusals": [],
    }
    plain_macros().scd_check_settings(run)
    return {comparable(one["message"]) for one in run["refusals"]}


def said_by_check(scd: Any, strategy: str) -> set[str]:
    return {
        comparable(f"{one.message}; {one.help}")
        for one in wrong_settings(scd, strategy)
        if one.keys[:1] != ("backfill",)  # the run does not read it, `snapshot backfill` does
    }


def comparable(message: str) -> str:
    """Without the near names: each has its own way to find them."""
    return re.sub(r"( has no \w+ \w+)[:;].*", r"\1", message)


def some_settings(chance: random.Random) -> dict[str, Any]:
    scd = {name: chance.choice(VALUES) for name in chance.sample(NAMES, chance.randint(1, 4))}
    if chance.random() < 0.3:
        scd["guards"] = {chance.choice(GUARD_NAMES): chance.choice(VALUES) for _ in range(2)}
    return scd


def test_check_and_the_macros_say_the_same_of_any_settings() -> None:
    chance = random.Random(20261121)
    faults = 0
    for _ in range(3000):
        scd, strategy = some_settings(chance), chance.choice(STRATEGIES)
        by_check = said_by_check(scd, strategy)
        assert by_check == said_by_macros(scd, strategy), (scd, strategy)
        faults += bool(by_check)
    assert 500 < faults < 3000


def test_what_is_no_mapping_is_said_alike() -> None:
    for value in (True, "check_ties", ["guards"], 5):
        assert said_by_check(value, "check") == said_by_macros(value, "check") != set()


def test_the_names_are_those_of_the_macros() -> None:
    assert list(SETTINGS) == plain_macros().scd_known_settings()
    shares = {
        name: limit is not True for name, limit in plain_macros().scd_default_guards().items()
    }
    assert shares == GUARDS


def test_the_readme_of_the_macros_lists_every_setting() -> None:
    section = (SCD / "README.md").read_text(encoding="utf-8").split("## Settings\n")[1]
    firsts = [line.split("|")[1] for line in section.split("\n## ")[0].splitlines() if "|" in line]
    assert sorted(re.findall(r"`(\w+)`", " ".join(firsts))) == sorted(SETTINGS)


def test_a_strategy_of_the_projects_own_has_the_settings_of_all() -> None:
    scd = {"sequence_by": ["a"], "check_ties": False}
    assert not list(wrong_settings(scd, "merge_by_hand"))


def test_keys_of_backfill_have_near_names() -> None:
    [wrong] = wrong_settings({"backfill": {"fils": "a", "var": "b"}}, "check")
    assert (wrong.keys, wrong.help) == (("backfill", "fils"), "did you mean 'files'?")
    [wrong] = wrong_settings({"backfill": {"var_is_read": "yes"}}, "check")
    assert wrong.message == "meta.scd.backfill.var_is_read is yes"
    [wrong] = wrong_settings({"backfill": "a"}, "check")
    assert wrong.message == "meta.scd.backfill is a"
