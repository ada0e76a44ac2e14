"""The same replay in other time zones gives the same histories, to the last value.

New York leaves winter time on 2024-03-10 at 07:00 UTC, and summer time on 2024-11-03 at 06:00 UTC;
02:30 on the first day does not exist there, 01:30 on the second exists twice.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Played, play

TIMES = [
    "2024-03-10 06:30:00",
    "2024-03-10 07:30:00",
    "2024-11-03 05:30:00",
    "2024-11-03 06:30:00",
    "2024-11-03 07:30:00",
]
"""Of the runs, UTC: the third and the fourth are one wall-clock time in New York."""

MOVED = ["2024-03-10 02:30:00", "2024-03-10 07:15:00", "2024-11-03 01:30:00", "2024-11-03 06:15:00"]


def batches(kind: str, config: Config) -> list[Batch]:
    """Three keys: one changes in every run, one goes and returns, one stays."""
    zone = "+00" if kind == "TIMESTAMPTZ" else ""
    made = []
    for n, at in enumerate(TIMES):
        moved = MOVED[min(n, len(MOVED) - 1)][: 10 if kind == "DATE" else None] + zone
        rows: list[list[str | None]] = [
            ["1", f"name {n}", moved],
            ["2", "stays", MOVED[0][: len(moved)] + zone],
        ]
        if n % 2 == 0:
            rows.append(["3", "comes and goes", moved])
        columns = [("id", "INTEGER"), ("name", "VARCHAR"), ("moved", kind)]
        made.append(Batch(f"{at}.000000", columns, rows, config, ["mass-change"]))
    return made


CHECK: Config = {
    "strategy": "check", "unique_key": ["id"], "check_cols": "all", "hard_deletes": "new_record"
}  # fmt: skip
STAMPED: Config = {**CHECK, "strategy": "timestamp", "updated_at": "moved", "check_cols": None}
ENDS = {
    "timestamp": "timestamp '9999-12-31 00:00:00'",
    "date": "date '9999-12-31'",
    "timestamptz": "timestamptz '9999-12-31 00:00:00+00'",
}
KINDS = ("TIMESTAMP", "TIMESTAMPTZ", "DATE")


def becomes(first: str, then: str) -> list[Batch]:
    """The column of times changes its type on the way."""
    return [*batches(first, STAMPED)[:2], *batches(then, STAMPED)[2:]]


CASES = [
    *[Case(f"check_{kind.lower()}", batches(kind, CHECK)) for kind in KINDS],
    *[Case(f"stamped_{kind.lower()}", batches(kind, STAMPED)) for kind in KINDS],
    *[
        Case(f"until_{name}_{kind.lower()}", batches(kind, {**STAMPED, "valid_to_current": end}))
        for name, end in ENDS.items()
        for kind in KINDS[:2]
    ],
    Case("gets_a_zone", becomes("TIMESTAMP", "TIMESTAMPTZ")),
    Case("loses_its_zone", becomes("TIMESTAMPTZ", "TIMESTAMP")),
    Case("day_gets_a_zone", becomes("DATE", "TIMESTAMPTZ")),
    Case("key_with_a_zone", batches("TIMESTAMPTZ", {**CHECK, "unique_key": ["id", "moved"]})),
    Case(
        "time_becomes_text",
        [*batches("TIMESTAMPTZ", CHECK)[:2], *batches("VARCHAR", CHECK)[2:]],
    ),
    Case(
        "text_becomes_time",
        [*batches("VARCHAR", CHECK)[:2], *batches("TIMESTAMPTZ", CHECK)[2:]],
    ),
]
FEW = [
    case
    for case in CASES
    if case.name in {"stamped_timestamptz", "until_timestamptz_timestamp", "key_with_a_zone"}
]
UTC = ("UTC", "UTC")
FAR_WEST = ("America/New_York", "America/New_York")
OTHERS = [
    ("Asia/Tokyo", "Asia/Tokyo"),
    ("UTC", "America/New_York"),
    ("America/New_York", "UTC"),
    ("UTC", "Pacific/Chatham"),
]


def assert_same(there: list[Played], here: list[Played]) -> None:
    assert len(there) == len(here) == len(TIMES)
    for one, other in zip(there, here, strict=True):
        assert other.crash is None
        assert other.refusals == []
        assert one.dump
        assert other.dump
        assert one.dump.columns == other.dump.columns
        assert sorted(one.dump.rows, key=str) == sorted(other.dump.rows, key=str)
        assert (one.counts, one.said) == (other.counts, other.said)


def test_a_history_is_the_same_in_new_york(player_project: Path) -> None:
    here = play(player_project, FEW, zones=UTC)
    there = play(player_project, FEW, zones=FAR_WEST)
    for case in FEW:
        assert_same(there[case.name], here[case.name])
    dump = here["stamped_timestamptz"][-1].dump
    assert dump
    assert dump.columns["dbt_valid_from"] == "TIMESTAMP"
    place = list(dump.columns).index("dbt_valid_from")
    starts = sorted(row[place] for row in dump.rows if row[0] == 1)
    # The value moved in every run, its time did not in the last one: that one starts at the run.
    assert [str(start) for start in starts] == [*MOVED, TIMES[-1]]


@pytest.mark.slow
@pytest.mark.parametrize("zones", [FAR_WEST, *OTHERS], ids=str)
def test_every_case_is_the_same_everywhere(
    zones: tuple[str, str], player_project: Path, in_utc: dict[str, list[Played]]
) -> None:
    there = play(player_project, CASES, zones=zones)
    for case in CASES:
        assert_same(there[case.name], in_utc[case.name])


@pytest.fixture(scope="module")
def in_utc(player_project: Path) -> dict[str, list[Played]]:
    return play(player_project, CASES, zones=UTC)
