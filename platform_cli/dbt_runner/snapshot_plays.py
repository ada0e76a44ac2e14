"""Tests of snapshots, played by the macros of `platform_macros` in DuckDB in memory."""

from __future__ import annotations

import contextlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner.snapshot_reports import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "platform_snapshot_test "
"""What the macro `scd_play_tests` writes before its JSON."""

MACRO = "platform_macros.scd_play_tests"
PROFILE = "platform_snapshot_tests"
TARGET = "scratch"

_PROFILES = f"""\
{PROFILE}:
  target: {TARGET}
  outputs:
    {TARGET}: {{type: duckdb, path: ":memory:", threads: 1}}
"""

Texts = tuple[str | None, ...]
"""A row as texts; None is NULL."""


@dataclass(frozen=True, slots=True)
class PlayRun:
    """One run of a test: the rows as a query, the time in UTC, and the refusal that must come."""

    sql: str
    run_at: str
    allow: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """A test as the macro takes it.

    `check` is a query for the names of values that cannot be read. `columns` are those of the
    history to compare, and `expect` holds rows of SQL literals in that order.
    """

    number: int
    snapshot: str
    runs: tuple[PlayRun, ...]
    columns: tuple[str, ...]
    expect: tuple[tuple[str, ...], ...] = ()
    check: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a test.

    `refusals` has one entry per run that was tried; fewer than the test has mean that it ended
    early, at a run that went otherwise than it must. `columns` are names and types (empty: not in
    the history), `history` and `expect` rows in their order. `unreadable` holds the names that
    the check gave, and `crash` what the database or dbt said when it gave up.
    """

    number: int
    seconds: float = 0.0
    refusals: tuple[tuple[Refusal, ...], ...] = ()
    counts: tuple[dict[str, int], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    history: tuple[Texts, ...] = ()
    expect: tuple[Texts, ...] = ()
    unreadable: tuple[str, ...] = ()
    crash: str = ""


def played(line: str) -> Played:
    """The outcome in one line of dbt's log that begins with `MARK`."""
    said: dict[str, Any] = json.loads(line.removeprefix(MARK))
    return Played(
        number=said["number"],
        seconds=said["seconds"],
        refusals=tuple(
            tuple(Refusal(r["name"], r["message"], tuple(r["keys"])) for r in run["refusals"])
            for run in said["runs"]
        ),
        counts=tuple(run["counts"] for run in said["runs"]),
        columns=tuple((name, kind) for name, kind in said["columns"]),
        history=tuple(tuple(json.loads(row)) for row in said["history"]),
        expect=tuple(tuple(json.loads(row)) for row in said["expect"]),
        unreadable=tuple(said["unreadable"]),
    )


@contextlib.contextmanager
def scratch_profiles() -> Iterator[Path]:
    """A folder whose profiles.yml knows `PROFILE` alone: DuckDB in memory."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "profiles.yml").write_text(_PROFILES, encoding="utf-8")
        yield Path(folder)
