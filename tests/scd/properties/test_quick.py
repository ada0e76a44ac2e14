"""The quick player does what dbt does: same refusals, counts, words and histories."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.scd.properties.case import Batch, Case
from tests.scd.properties.play import Dump, Played, Player, play
from tests.scd.properties.run import cases

CHECK = {"strategy": "check", "unique_key": ["id"], "check_cols": "all"}


def on(day: int, number: str) -> Batch:
    return Batch(f"2024-01-0{day} 06:00:00.000000", [("id", "INTEGER")], [[number]], CHECK)


CRASHING = Case("crashing", [on(1, "1"), on(2, "this is no number"), on(3, "3")])
FINE = Case("fine", [on(1, "1"), on(2, "2"), replace(on(3, "3"), lost=True)])


@dataclass(frozen=True)
class Both:
    """What two players made of the same cases."""

    cases: list[Case]
    dbt: dict[str, list[Played]]
    quick: dict[str, list[Played]]


@pytest.fixture(
    scope="module",
    params=[("duckdb", 16), pytest.param(("portable", 60), marks=pytest.mark.slow)],
    ids=["duckdb", "portable"],
)
def both(request: pytest.FixtureRequest, player_project: Path, quick: Player) -> Both:
    """Random cases, behind one that crashes: the players begin with it, and then must go on."""
    form, number = request.param
    some = [CRASHING, FINE, *cases(5, number, ["state", "events"])]
    return Both(some, play(player_project, some, form), quick(some, form))


def but_ids(played: list[Played]) -> list[Any]:
    """What was played, to compare: rows have no order, and a crash is told at more length."""
    return [(one.said, one.counts, one.runs, without_order(one.dump)) for one in played]


def without_order(dump: Dump | None) -> Any:
    return dump and (list(dump.columns.items()), sorted(map(repr, dump.rows)))


def test_both_players_leave_the_same(both: Both) -> None:
    assert len(both.cases) >= 18
    for case in both.cases:
        assert but_ids(both.quick[case.name]) == but_ids(both.dbt[case.name]), case.name
        if case is not CRASHING:
            assert len(both.quick[case.name]) == len(case.batches)


def test_a_crash_ends_its_case_and_no_other(both: Both) -> None:
    for played in both.quick, both.dbt:
        first, second = played["crashing"]
        assert first.crash is None
        assert second.crash is not None
        assert "this is no number" in second.crash
        assert [one.crash for one in played["fine"]] == [None] * 3
