"""The runs on record beside a history, in its table `<history>__runs`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from platform_cli.warehouse import rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from platform_cli.warehouse import Connection

Columns = tuple[tuple[str, str], ...]
"""Name and type, in the table's order."""

REPAIR = "repair "
"""How the run_id of a repair begins; its number follows."""

COUNTS = ("new", "returned", "changed", "closed", "overwritten", "late", "unchanged")


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the ledger.

    `columns_before` are the history's before this run, None when this run made it. `meta` says
    what the history calls dbt's own columns after it, `valid_to_current` how open versions end.
    `unique_key` is the key that it was written with, empty when that is not on record.
    """

    number: int
    run_id: str
    at: datetime
    counts: Mapping[str, int]
    open: int
    versions: int
    columns_before: Columns | None
    meta: Mapping[str, str]
    valid_to_current: str
    unique_key: tuple[str, ...] = ()

    @property
    def is_repair(self) -> bool:
        """Whether it was no run of dbt but `platform snapshot repair`."""
        return self.run_id.startswith(REPAIR)


def runs(connection: Connection, table: str) -> tuple[Run, ...]:
    """Every run, oldest first; `table` is the ledger's name as SQL."""
    found = rows(
        connection,
        f"select run_number, run_id, run_at, open_versions, versions, columns_before, settings,"
        f" {', '.join(COUNTS)} from {table} order by run_number",
    )
    return tuple(_run(row) for row in found)


def _run(row: tuple[Any, ...]) -> Run:
    number, run_id, at, is_open, versions, before, text, *counts = row
    settings = json.loads(text or "{}")
    return Run(
        number=number,
        run_id=run_id or "",
        at=at,
        counts=dict(zip(COUNTS, counts, strict=True)),
        open=is_open,
        versions=versions,
        columns_before=tuple((n, t) for n, t in json.loads(before)) if before else None,
        meta=settings.get("columns") or {},
        valid_to_current=settings.get("valid_to_current") or "",
        unique_key=tuple(map(str, settings.get("unique_key") or ())),
    )
