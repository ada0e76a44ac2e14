"""Rows for programs: a versioned JSON document."""

from __future__ import annotations

import json

from platform_cli.reporting.table import Table, plain

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def render(table: Table, model: str) -> str:
    """One object: `version`, `model`, `columns`, `rows` (lists in the columns' order)."""
    return json.dumps(
        {
            "version": VERSION,
            "model": model,
            "columns": list(table.columns),
            "rows": [[plain(value) for value in row] for row in table.rows],
            "more_rows": table.more,
        },
        ensure_ascii=False,
    )
