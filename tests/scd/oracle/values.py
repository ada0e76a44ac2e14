"""Values as DuckDB hands them to Python: when two are the same, and what one is in a wider type."""

import json
import math
import re
from datetime import UTC, date, datetime, time
from decimal import Context, Decimal
from typing import Any

from tests.scd.oracle.column_types import (
    DECIMAL,
    FLOATS,
    LONGEST_DECIMAL,
    family,
    is_number,
    scale,
)

Value = Any
"""What DuckDB returns: None, bool, int, float, Decimal, str, date, datetime, list, dict, ..."""


def canonical(value: Value, kind: str = "") -> Any:
    """A hashable form, equal for equal values: NaN is NaN, JSON ignores the order of its keys."""
    if kind == "JSON" and isinstance(value, str):
        return ("json", canonical(json.loads(value)))
    if isinstance(value, float) and math.isnan(value):
        return ("nan",)
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return ("list", tuple(canonical(each) for each in value))
    if isinstance(value, dict):
        return ("struct", frozenset((str(key), canonical(each)) for key, each in value.items()))
    return value


def same(left: Value, right: Value, kind: str = "") -> bool:
    """Whether two values of one type are the same; NULL is the same as NULL."""
    return bool(canonical(left, kind) == canonical(right, kind))


def close(left: Value, right: Value, tolerance: float) -> bool:
    """Whether two numbers differ by at most the tolerance; NULL and NaN are close to nothing."""
    numbers = all(isinstance(each, int | float | Decimal) for each in (left, right))
    if not numbers or math.isnan(left) or math.isnan(right):
        return False
    return bool(abs(left - right) <= type(left)(tolerance))


def spells_the_same(left: Value, right: Value, *, as_float: bool) -> bool:
    """Whether two texts are the same, or spell the same number."""
    if left is None or right is None:
        return left is right
    return bool(_number_spelled(left, as_float) == _number_spelled(right, as_float))


def _number_spelled(text: str, as_float: bool) -> Value:
    exponent = r"([eE][-+]?\d+)?" if as_float else ""
    if not re.fullmatch(rf"-?(0|[1-9]\d*)(\.\d+)?{exponent}", text):
        return text
    return float(text) if as_float else Decimal(text)


def as_text(value: Value) -> str:
    """A value the way DuckDB writes it as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, str | int | float | Decimal | date | time):
        return str(value)
    raise NotImplementedError(f"text of {value!r}")


def converted(value: Value, kind: str) -> Value:
    """A value in the type a column has grown to."""
    if value is None:
        return None
    if is_number(kind):
        return number(value, kind)
    if kind == "TIMESTAMP":
        return utc(value)
    if kind == "VARCHAR" and not isinstance(value, str):
        return as_text(value)
    return value


def number(value: Value, kind: str) -> Value:
    """A number as a number of another type."""
    if family(kind) == DECIMAL:  # with all its digits: a text of it shows them
        return Context(prec=2 * LONGEST_DECIMAL).quantize(
            Decimal(value), Decimal(10) ** -scale(kind)
        )
    return float(value) if family(kind) in FLOATS else int(value)


def survives(value: Value, kind: str) -> bool:
    """Whether nothing of a number or a time is lost when it becomes a value of this type."""
    if value is None or kind == "VARCHAR":
        return True
    if isinstance(value, float) and not math.isfinite(value):
        return family(kind) in FLOATS
    back = converted(value, kind)
    if isinstance(value, Decimal) and isinstance(back, float):
        return Decimal(repr(back)) == value
    return bool(back == value) or isinstance(value, date)


def utc(value: Value) -> Value:
    """A time as the history stores it: a timestamp in UTC without time zone; a number is itself."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return value
