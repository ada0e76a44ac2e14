"""Column types: which one holds the values of two."""

import re

INTEGERS = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"]
"""Each holds all values of those before it."""

DIGITS = {"TINYINT": 3, "SMALLINT": 5, "INTEGER": 10, "BIGINT": 19, "HUGEINT": 39}
FLOATS = ["FLOAT", "DOUBLE"]
DECIMAL = "DECIMAL"
TIMES = {"DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"}
LONGEST_DECIMAL = 38


def family(kind: str) -> str:
    """The type's name without its arguments."""
    return kind.partition("(")[0]


def is_number(kind: str) -> bool:
    return family(kind) in {*INTEGERS, *FLOATS, DECIMAL}


def is_time(kind: str) -> bool:
    return kind in TIMES


def holds_both(left: str, right: str) -> str:
    """The type that holds the values of two types; text when no other does."""
    if left == right:
        return left
    if is_number(left) and is_number(right):
        return _number(left, right)
    if {left, right} == {"DATE", "TIMESTAMP"}:
        return "TIMESTAMP"
    return "VARCHAR"


def _number(left: str, right: str) -> str:
    if left in INTEGERS and right in INTEGERS:
        return max(left, right, key=INTEGERS.index)
    if {family(left), family(right)} & set(FLOATS):
        return "DOUBLE"
    whole, scale = (max(pair) for pair in zip(_digits(left), _digits(right), strict=True))
    return f"DECIMAL({whole + scale},{scale})" if whole + scale <= LONGEST_DECIMAL else "DOUBLE"


def scale(kind: str) -> int:
    """Digits behind the point of a number that is no float."""
    return _digits(kind)[1]


def _digits(kind: str) -> tuple[int, int]:
    """Digits before and after the point."""
    if kind in DIGITS:
        return DIGITS[kind], 0
    width, scale = (int(number) for number in re.findall(r"\d+", kind))
    return width - scale, scale
