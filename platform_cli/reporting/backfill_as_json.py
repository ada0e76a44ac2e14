"""What a backfill loaded, for programs: a versioned JSON document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from platform_cli.reporting.run_as_json import run_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from platform_cli.dbt_runner import RunResult

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One release that was loaded: its date, its file, and what the run counted."""

    date: str
    file: str
    counts: Mapping[str, int]


def backfill_as_json(
    snapshot: str,
    loaded: Iterable[Loaded],
    skipped: Iterable[str],
    stopped: tuple[str, RunResult] | None = None,
    *,
    error: str = "",
) -> str:
    """The releases in their order; `skipped` are the dates that the history already reaches.

    `stopped` is the date of the release that was not loaded, and its run, which failed or was
    interrupted; `error` why a release was refused.
    """
    date, run = stopped or (None, None)
    outcome = "failed" if run or error else "success"
    if run and run.interrupted:
        outcome = "interrupted"
    document = {
        "version": VERSION,
        "snapshot": snapshot,
        "outcome": outcome,
        "loaded": [
            {"date": one.date, "file": one.file, "counts": dict(one.counts)} for one in loaded
        ],
        "skipped": list(skipped),
        "stopped_at": date,
        "run": run_document("snapshot", run) if run else None,
        "error": error or None,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
