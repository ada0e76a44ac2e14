"""Rows as columns that fit the terminal: numbers to the right, NULL dim, long text cut."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from click import style

_GAP = "  "
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows to show; `more` is True when the query has further rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool = False


def render(table: Table, width: int | None = None) -> str:
    """The table as text, at most `width` cells wide (None: as wide as it is).

    Columns that do not fit are named below it. No trailing newline.
    """
    if not table.columns:
        return "(no columns)"
    cut = None if width is None else max(12, min(_WIDEST, width))
    texts = [[fit(cell(value), cut) for value in row] for row in table.rows]
    heads = [fit(name, cut) for name in table.columns]
    numeric = [
        all(is_number(row[at]) or row[at] is None for row in table.rows)
        and any(row[at] is not None for row in table.rows)
        for at in range(len(heads))
    ]
    widths = [
        max(text_width(heads[at]), *(text_width(row[at]) for row in texts), 1)
        if texts
        else text_width(heads[at])
        for at in range(len(heads))
    ]
    shown = _fitting(widths, width)
    head = [style(pad(heads[at], widths[at], numeric[at]), bold=True) for at in range(shown)]
    lines = [_GAP.join(head)]
    lines.append(style(_GAP.join("─" * widths[at] for at in range(shown)), dim=True))
    for values, row in zip(table.rows, texts, strict=True):
        cells = [
            style(pad(row[at], widths[at], numeric[at]), dim=True)
            if values[at] is None
            else pad(row[at], widths[at], numeric[at])
            for at in range(shown)
        ]
        lines.append(_GAP.join(cells).rstrip())
    if shown < len(heads):
        hidden = ", ".join(table.columns[shown:])
        lines.append(style(f"+ {len(heads) - shown} more columns: {hidden}", dim=True))
    return "\n".join(lines)


def cell(value: Any) -> str:  # noqa: PLR0911  (one answer per type)
    """One value on one line: dates as ISO, structs and lists as JSON, bytes in hexadecimal."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return value.replace("\r", "⏎").replace("\n", "⏎").replace("\t", " ")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "0x" + bytes(value).hex()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(plain(value), ensure_ascii=False)
    return str(value)


def plain(value: Any) -> Any:  # noqa: PLR0911  (one answer per type)
    """The value as JSON can hold it: numbers stay numbers, what JSON lacks becomes text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)  # noqa: PLR0124  (NaN)
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, timedelta):
        return str(value)
    return cell(value)


def is_number(value: Any) -> bool:
    """Whether it stands to the right."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _fitting(widths: Sequence[int], width: int | None) -> int:
    """How many columns fit; at least one."""
    if width is None:
        return len(widths)
    used = 0
    for at, wanted in enumerate(widths):
        used += wanted + (len(_GAP) if at else 0)
        if used > width:
            return max(at, 1)
    return len(widths)


def text_width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def fit(text: str, cut: int | None) -> str:
    """The text, at most `cut` cells wide (None: all of it)."""
    if cut is None or text_width(text) <= cut:
        return text
    kept, used = [], 0
    for letter in text:
        used += text_width(letter)
        if used > cut - 1:
            break
        kept.append(letter)
    return "".join(kept) + "…"


def pad(text: str, width: int, right: bool) -> str:
    """The text, with spaces up to `width` cells."""
    space = " " * (width - text_width(text))
    return space + text if right else text + space
