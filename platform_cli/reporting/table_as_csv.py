"""Rows as CSV (RFC 4180): NULL is empty, an empty text is quoted."""

from __future__ import annotations

from typing import Any

from platform_cli.reporting.table import Table, cell

_QUOTED = frozenset(',"\r\n')


def render(table: Table) -> str:
    """Head and rows, each line ending in a newline."""
    lines = [",".join(_quoted(name) for name in table.columns)]
    lines += [",".join(_field(value) for value in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _field(value: Any) -> str:
    if value is None:
        return ""
    # Unlike on a terminal, line breaks in text stay what they are.
    return _quoted(value if isinstance(value, str) else cell(value))


def _quoted(text: str) -> str:
    if text and not _QUOTED & set(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'
