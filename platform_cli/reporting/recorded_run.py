"""A run that is on record, for the formats that show it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from platform_cli.reporting.moment import moment, precision
from platform_cli.reporting.table import Table, plain
from platform_cli.reporting.table import render as table_as_text

VERSION = 1
"""Of the JSON document. Raised when a key changes its meaning or goes; new keys do not raise it."""

_ALWAYS = ("new", "changed", "closed")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Its number, the time it stands for, what it counted, and what it left.

    `what` says what it was when it was no usual run.
    """

    number: int
    at: datetime | None
    counts: Mapping[str, int]
    versions: int
    open: int
    what: str = ""


def records_as_text(runs: Sequence[RunRecord], width: int | None) -> str:
    """A table, newest last; kinds of change that no run has are left out."""
    shown = [
        kind for kind in (runs[0].counts if runs else ())
        if kind in _ALWAYS or any(run.counts[kind] for run in runs)
    ]  # fmt: skip
    exact = precision(run.at for run in runs)
    noted = any(run.what for run in runs)
    rows = tuple(
        (
            run.number,
            moment(run.at, exact),
            *(run.counts[kind] for kind in shown),
            run.versions,
            run.open,
            *([run.what] if noted else []),
        )
        for run in runs
    )
    columns = ("run", "time", *shown, "versions", "open", *(["note"] if noted else []))
    return table_as_text(Table(columns, rows), width)


def records_as_json(runs: Sequence[RunRecord], snapshot: str) -> str:
    """One object: `version`, `snapshot` and `runs`, oldest first."""
    return json.dumps(
        {
            "version": VERSION,
            "snapshot": snapshot,
            "runs": [
                {
                    "run": run.number,
                    "time": plain(run.at),
                    **run.counts,
                    "versions": run.versions,
                    "open": run.open,
                    "note": run.what or None,
                }
                for run in runs
            ],
        }
    )
