"""Keys that are expressions over a time with a zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Played, Player, play

COLUMNS = [("code", "VARCHAR"), ("seen_at", "TIMESTAMP WITH TIME ZONE"), ("name", "VARCHAR")]
ROWS: list[list[list[str | None]]] = [
    [["A", "2024-01-01 10:20:00+00", "a"], ["A", "2024-01-01 20:10:00+00", "b"]],
    [["A", "2024-01-01 10:20:00+00", "a"], ["A", "2024-01-01 20:10:00+00", "c"]],
    [["A", "2024-01-01 20:10:00+00", "c"]],
]
UTC, TOKYO = ("UTC", "UTC"), ("UTC", "Asia/Tokyo")


def keyed(name: str, expression: str) -> Case:
    config: Config = {
        "strategy": "check",
        "unique_key": ["code", expression],
        "check_cols": ["name"],
        "hard_deletes": "invalidate",
    }
    times = (f"2024-02-0{day} 00:00:00.000000" for day in (1, 2, 3))
    return Case(
        name, [Batch(at, COLUMNS, rows, config) for at, rows in zip(times, ROWS, strict=True)]
    )


HOUR = keyed("hour", "date_trunc('hour', seen_at)")
NAMED = keyed("named", "cast(seen_at at time zone 'Asia/Tokyo' as date)")
DAY = keyed("day", "date_trunc('day', seen_at)")


@pytest.fixture(scope="module")
def in_tokyo(player_project: Path) -> dict[str, list[Played]]:
    return play(player_project, [HOUR, NAMED, DAY], zones=TOKYO)


@pytest.fixture(scope="module")
def in_utc(player_project: Path) -> dict[str, list[Played]]:
    return play(player_project, [HOUR, NAMED], zones=UTC)


@pytest.mark.parametrize("name", ["hour", "named"])
def test_a_key_that_means_the_same_everywhere_gives_the_same_history(
    name: str, in_tokyo: dict[str, list[Played]], in_utc: dict[str, list[Played]]
) -> None:
    here, there = in_utc[name], in_tokyo[name]
    assert [one.refusals for one in there] == [[], [], []]
    assert [one.counts["changed"] for one in there] == [0, 1, 0]
    assert [one.counts["closed"] for one in there] == [0, 0, 1]
    assert [one.dump for one in there] == [one.dump for one in here]


def test_a_key_that_depends_on_the_sessions_time_zone_is_refused(
    in_tokyo: dict[str, list[Played]],
) -> None:
    first = in_tokyo["day"][0]
    (said,) = first.said
    assert said["name"] == "key_time_zone"
    assert "gives other keys in Asia/Tokyo" in said["message"]
    assert first.dump is None
    assert first.runs == 0


def test_a_key_is_widened_by_a_column_that_was_null(player: Player) -> None:
    columns = [("code", "VARCHAR"), ("region", "VARCHAR"), ("name", "VARCHAR")]
    rows: list[list[list[str | None]]] = [
        [["A", None, "a"]],
        [["A", "north", "a"]],
        [["A", "north", "a"]],
        [["A", "north", "a"], ["A", "south", "b"]],
    ]
    keys = [["code"], ["code"], ["code", "region"], ["code", "coalesce(region, '')"]]
    config: Config = {"strategy": "check", "check_cols": "all", "hard_deletes": "invalidate"}
    batches = [
        Batch(f"2024-02-0{day} 00:00:00.000000", columns, some, config | {"unique_key": key})
        for day, (some, key) in enumerate(zip(rows, keys, strict=True), 1)
    ]
    runs = player([Case("widened", batches)])["widened"]
    assert [one.refusals for one in runs] == [[], [], ["key_change"], []]
    (said,) = runs[2].said
    assert said["keys"] == ["A, NULL"]
    assert "as coalesce(region, '')" in said["message"]
    counts = runs[3].counts
    assert (counts["new"], counts["unchanged"], counts["versions"]) == (1, 1, 3)
