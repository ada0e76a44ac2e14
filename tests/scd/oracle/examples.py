"""Short ways to write a run and a history in a test of the oracle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.scd.oracle import change_log, state
from tests.scd.oracle.model import Memory, Outcome, Settings, Source, Version
from tests.scd.oracle.values import Value

Shown = tuple[Value, ...]


def day(number: int) -> datetime:
    return datetime.fromisoformat(f"2024-01-{number:02}")


def source(types: dict[str, str], *rows: tuple[Value, ...], ops: str = "") -> Source:
    """Rows as tuples in the types' order; `ops` has a letter per event: D deletes, T truncates."""
    listed = [dict(zip(types, row, strict=True)) for row in rows]
    return Source(types, listed, [op == "D" for op in ops], [op == "T" for op in ops])


def play(
    settings: Settings, *runs: tuple[int, Source] | tuple[int, Source, Settings]
) -> tuple[Memory, list[Outcome]]:
    """Runs, each on its day of January 2024."""
    memory = Memory()
    outcomes = []
    for number, rows, *other in runs:
        now = other[0] if other else settings
        run = change_log.run if now.strategy == "change_log" else state.run
        memory, outcome = run(memory, rows, now, day(number))
        outcomes.append(outcome)
    return memory, outcomes


def history(memory: Memory, *columns: str) -> list[Shown]:
    """The versions, oldest first: these columns, start, end; days of January 2024 as numbers."""
    assert memory.history is not None
    rows = [
        (*(version.values[column] for column in columns), plain(version.start), ending(version))
        for version in memory.history.versions
    ]
    return sorted(rows, key=str)


def ending(version: Version) -> Value:
    if version.is_open:
        return "deleted" if version.deleted else None
    return plain(version.end)


def plain(moment: Value) -> Value:
    january = isinstance(moment, datetime) and moment == day(moment.day)
    return moment.day if january else moment


def counted(outcome: Outcome) -> dict[str, int]:
    """The counts of what happened to keys, without zeros."""
    assert not outcome.refusals, outcome.refusals
    left_out = {"source", "open", "versions", "nothing"}
    return {
        what: number for what, number in outcome.counts.items() if number and what not in left_out
    }


def refused(outcomes: Sequence[Outcome]) -> list[Any]:
    return [sorted(outcome.refusals) for outcome in outcomes]
