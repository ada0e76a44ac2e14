"""Rows as JSON, schema version 1."""

from __future__ import annotations

import json

from platform_cli.reporting.table import Table, plain


def render(table: Table, model: str) -> str:
    """One object: `schema_version`, `model`, `columns`, `rows` (lists in the columns' order)."""
    return json.dumps(
        {
            "schema_version": 1,
            "model": model,
            "columns": list(table.columns),
            "rows": [[plain(value) for value in row] for row in table.rows],
            "more_rows": table.more,
        },
        ensure_ascii=False,
    )
