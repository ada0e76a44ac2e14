"""Values for test rows that look like the real ones and are nobody's.

What could be a person's, or name one, is replaced; the same value by the same one everywhere, so
that rows which belong together still do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

Value = str | int | float | bool | None

_ID = re.compile(
    r"(^|_)(id|ids|key|sk|uuid|guid|no|nr|num|number|code|ref|token|hash|account|acct)$|_id(_|$)"
)
_PERSONAL = re.compile(
    r"name|mail|phone|mobile|fax|address|street|city|town|zip|post|birth|dob|gender|ssn|passport"
    r"|licen[cs]e|iban|bic|card|tax|salary|wage|income|age$|ip(_|$)|user|login|customer|passenger"
    r"|patient|person|employee|contact|owner|author|latitude|longitude|(^|_)(lat|lon|lng)(_|$)|geo"
    r"|url|comment|note|text|message|description|title|tail"
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?")
_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,6})?")
_TIMES = ("date", "time", "interval")
_FIXED = {"json": "{}", "blob": "made up", "bit": "101"}
_LARGE = 100_000
_LONGEST = 24
_WORD = re.compile(r"[A-Za-z][A-Za-z _-]*")


def is_id(column: str) -> bool:
    """Whether a column's name says that its values stand for something else."""
    return bool(_ID.search(column.lower()))


def is_personal(column: str) -> bool:
    """Whether a column's name says that its values may be a person's, or describe one."""
    return bool(_PERSONAL.search(column.lower()))


class MadeUp:
    """Values in the place of others, for one test."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._numbers: dict[Any, int] = {}
        self._labels: Counter[str] = Counter()

    def value(
        self, column: str, kind: str, value: Any, *, joined: bool = False, plain: bool = False
    ) -> Value:
        """What stands for a value of a column of this type, as a unit test writes it.

        `joined`: the column is a key or is compared with another; `plain`: it is one of few words.
        """
        if isinstance(value, Mapping) and kind.startswith("map"):
            pairs = (f"{self._bare(column, k)}={self._bare(column, v)}" for k, v in value.items())
            return "{" + ", ".join(pairs) + "}"
        if isinstance(value, Mapping | list | tuple):
            return self._literal(column, value)
        if value is None or isinstance(value, bool):
            return value
        if kind.startswith("enum"):
            return str(value)  # the type itself says which words there are
        hidden = joined or is_id(column) or is_personal(column)
        if isinstance(value, int | float | Decimal):
            return self._number(value, hidden=hidden)
        return self._text(column, kind, str(value), plain=plain and not hidden)

    def _number(self, value: float | Decimal, *, hidden: bool) -> Value:
        if isinstance(value, float) and not isfinite(value):
            return str(value)
        if hidden or not -_LARGE < value < _LARGE:
            number = self._numbers.setdefault(value, len(self._numbers) + 1)
            return number if isinstance(value, int) else float(number)
        return str(value) if isinstance(value, Decimal) else value

    def _text(self, column: str, kind: str, text: str, *, plain: bool) -> str:
        if kind in _FIXED:
            return _FIXED[kind]
        if kind == "uuid":
            return f"00000000-0000-4000-8000-{self._count(text):012}"
        if kind.startswith(_TIMES):
            return self._time(kind, text) if is_personal(column) else text
        return self._words_for(column, text, plain=plain)

    def _time(self, kind: str, text: str) -> str:
        day = f"2000-01-{1 + (self._count(text) - 1) % 28:02}"
        return day if kind == "date" else f"{day} 00:00:00"

    def _words_for(self, column: str, text: str, *, plain: bool) -> str:
        if _DATE.fullmatch(text) and not is_personal(column):
            return text
        if _NUMBER.fullmatch(text):
            return str(self._count(text))
        if plain and len(text) <= _LONGEST and _WORD.fullmatch(text):
            return text
        if "@" in text or "mail" in column.lower():
            return f"person{self._count(text)}@example.com"
        if text not in self._words:
            label = _label(column)
            self._labels[label] += 1
            self._words[text] = f"{label}_{self._labels[label]}"
        return self._words[text]

    def _count(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers) + 1)

    def _bare(self, column: str, value: Any) -> str:
        """A key or value of a map, as DuckDB reads it from text."""
        if isinstance(value, Mapping | list | tuple):
            return self._literal(column, value)
        made = self.value(column, "", value)
        return "NULL" if made is None else str(made)

    def _literal(self, column: str, value: Any) -> str:
        """A struct, list or map as DuckDB reads it from text."""
        if isinstance(value, Mapping):
            fields = (f"'{_quote(str(k))}': {self._literal(str(k), v)}" for k, v in value.items())
            return "{" + ", ".join(fields) + "}"
        if isinstance(value, list | tuple):
            return "[" + ", ".join(self._literal(column, one) for one in value) + "]"
        return _word(self.value(column, "", value))


def literal_text(value: Any, kind: str = "") -> str:
    """A nested value of this type as DuckDB reads it from text."""
    if isinstance(value, Mapping) and kind.startswith("map"):
        pairs = (f"{_plain_text(k)}={_plain_text(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Mapping):
        fields = (f"'{_quote(str(k))}': {literal_text(v)}" for k, v in value.items())
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal_text, value)) + "]"
    return _word(value)


def _plain_text(value: Any) -> str:
    if isinstance(value, Mapping | list | tuple):
        return literal_text(value)
    return "NULL" if value is None else str(value)


def _word(value: Any) -> str:
    if value is None:
        return "NULL"
    plain = isinstance(value, bool | int | float | Decimal)
    return str(value).lower() if plain else f"'{_quote(str(value))}'"


def _label(column: str) -> str:
    return re.sub(r"\W+", "_", column.lower()).strip("_") or "value"


def _quote(text: str) -> str:
    return text.replace("'", "''")
