from datetime import date

import pytest

from platform_cli.conventions.sight import Sight
from platform_cli.conventions.waivers import Terms, Waivers
from platform_cli.conventions.written_waiver import WrittenWaiver
from platform_cli.errors import Where
from tests.resource_builders import a_model, a_project

TERMS = Terms(
    rules=("no-x", "has-y", "is-fixed"),
    refused={"is-fixed": "platform.yml has it in `locked`"},
    today=date(2026, 11, 20),
    max_days=90,
)
GOOD = {"reason": "old", "until": "2026-12-31", "owner": "growth"}
ID = "model.shop.fct_flights"


def a_waiver(rule: str = "no-x", *resources: str, **changes: object) -> WrittenWaiver:
    return WrittenWaiver(
        rule=rule,
        terms=GOOD | changes,
        place=lambda: Where("a.sql", 3),
        resources=resources or (ID,),
        form=f"`{rule}: ...`",
        covers_path=lambda path: path == "dbt_project.yml",
    )


def sight(**changes: object) -> Sight:
    return Sight(
        **{
            "project": a_project(a_model(), a_model("other")),
            "resources": {ID},
            "rules": {"no-x", "has-y"},
            "known": TERMS.rules,
            "locked": (),
            "silent": set(),
            "whole": True,
        }
        | changes
    )


def test_a_waiver_holds_for_its_rule_and_resource_only() -> None:
    waivers = Waivers([a_waiver()], TERMS)
    found = waivers.use("no-x", ID)
    assert found is not None
    assert (found.owner, found.until) == ("growth", date(2026, 12, 31))
    assert waivers.use("has-y", ID) is None
    assert waivers.use("no-x", "model.shop.other") is None
    assert not waivers.not_holding
    assert not waivers.ended


def test_what_is_of_no_resource_is_waived_by_its_file() -> None:
    waivers = Waivers([a_waiver()], TERMS)
    assert waivers.use("no-x", "", "models/a.sql") is None
    assert waivers.use("no-x", "", "dbt_project.yml")


def test_a_locked_rule_and_one_that_does_not_exist_cannot_be_waived() -> None:
    waivers = Waivers([a_waiver("is-fixed"), a_waiver("no-xx")], TERMS)
    locked, unknown = waivers.not_holding
    assert locked.message == "is-fixed cannot be waived: platform.yml has it in `locked`"
    assert (unknown.help, unknown.at) == ("did you mean 'no-x'?", Where("a.sql", 3))
    assert waivers.use("is-fixed", ID) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"owner": ""}, "has no owner"),
        ({"owner": None, "reason": ""}, "has no reason and no owner"),
        ({"until": "2027-02-19"}, "more than 90 days ahead"),
        ({"until": "31.12.2026"}, "ends on no day: '31.12.2026'"),
    ],
)
def test_terms_that_are_missing_or_wrong_are_told(changes, words) -> None:
    waivers = Waivers([a_waiver(**changes)], TERMS)
    [one] = waivers.not_holding
    assert words in one.message
    assert waivers.use("no-x", ID) is None


def test_the_last_day_and_the_latest_day_hold() -> None:
    for until in ("2026-11-20", "2027-02-18"):
        assert Waivers([a_waiver(until=until)], TERMS).use("no-x", ID)
    assert Waivers([a_waiver(until="2026-11-19")], TERMS).ended


def test_a_waiver_that_nothing_used_is_told_with_its_place() -> None:
    waivers = Waivers([a_waiver(), a_waiver("has-y")], TERMS)
    waivers.use("no-x", ID)
    [one] = waivers.unused(sight())
    assert one.message == "the waiver for has-y is not needed: the rule finds nothing here"
    assert one.at == Where("a.sql", 3)


def test_of_two_waivers_for_the_same_the_second_is_not_needed() -> None:
    waivers = Waivers([a_waiver(), a_waiver()], TERMS)
    waivers.use("no-x", ID)
    assert len(list(waivers.unused(sight()))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"silent": {("no-x", ID)}},
        {"silent": {("no-x", "")}},
        {"rules": {"has-y"}},
        {"resources": set()},
    ],
)
def test_where_the_check_cannot_tell_no_waiver_is_called_useless(changes) -> None:
    assert not list(Waivers([a_waiver()], TERMS).unused(sight(**changes)))


def test_a_waiver_of_a_resource_that_was_not_looked_at_is_left_alone() -> None:
    waivers = Waivers([a_waiver("no-x", ID, "model.shop.other")], TERMS)
    assert not list(waivers.unused(sight(whole=False)))
