"""The quick player does what dbt does: same refusals, counts, words and histories."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.scd.properties.case import Batch, Case
from tests.scd.properties.play import Dump, Played, Player, install, play
from tests.scd.properties.quick import quick_player
from tests.scd.properties.run import cases

CHECK = {"strategy": "check", "unique_key": ["id"], "check_cols": "all"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("quick"))


@pytest.fixture(scope="module")
def quick(project: Path) -> Iterator[Player]:
    with quick_player(project) as player:
        yield player


def on(day: int, number: str) -> Batch:
    return Batch(f"2024-01-0{day} 06:00:00.000000", [("id", "INTEGER")], [[number]], CHECK)


CRASHING = Case("crashing", [on(1, "1"), on(2, "this is no number"), on(3, "3")])
FINE = Case("fine", [on(1, "1"), on(2, "2"), replace(on(3, "3"), lost=True)])


def but_ids(played: list[Played]) -> list[Any]:
    """What was played, to compare: rows have no order, and a crash is told at more length."""
    return [(one.said, one.counts, one.runs, without_order(one.dump)) for one in played]


def without_order(dump: Dump | None) -> Any:
    return dump and (list(dump.columns.items()), sorted(map(repr, dump.rows)))


@pytest.mark.parametrize(
    ("form", "number"),
    [("duckdb", 16), pytest.param("portable", 60, marks=pytest.mark.slow)],
)
def test_both_players_leave_the_same(project: Path, quick: Player, form: str, number: int) -> None:
    some = [FINE, *cases(5, number, ["state", "events"])]
    by_dbt, by_quick = play(project, some, form), quick(some, form)
    for case in some:
        assert but_ids(by_quick[case.name]) == but_ids(by_dbt[case.name]), case.name
        assert len(by_quick[case.name]) == len(case.batches)


def test_a_crash_ends_its_case_and_no_other(project: Path, quick: Player) -> None:
    for player in quick, lambda cases, form="duckdb": play(project, cases, form):
        played = player([CRASHING, FINE])
        first, second = played["crashing"]
        assert first.crash is None
        assert second.crash is not None
        assert "this is no number" in second.crash
        assert [one.crash for one in played["fine"]] == [None] * 3
