"""Rule: column-suffix-matches-type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from platform_cli.conventions.rule import Key, Violation, rule
from platform_cli.project.resources import Model

FAMILIES = {
    "boolean": r"bool(ean)?|bit|logical",
    "timestamp": r"timestamp.*|datetime.*|smalldatetime",
    "date": r"date(32)?",
    "time": r"time( with.*|tz)?",
    "integer": r"u?(big|small|tiny|medium|huge)?int(eger)?\d*|byteint|long|serial",
    "number": r"(big)?(numeric|decimal|number)|money|smallmoney",
    "float": r"float\d*|double( precision)?|real",
    "text": r"(n?var)?char(acter)?( varying)?\d*|n?text|string|n?varchar2?|bpchar",
}
"""Families of types over all databases. A type of no family matches every name."""

NAMES = {
    "is_*": "boolean",
    "has_*": "boolean",
    "*_at": "timestamp or time",
    "*_date": "date",
    "*_amount": "integer or number or float",
}


@rule(severity="warn")
def column_suffix_matches_type(
    model: Model, *, names: dict[str, str] = NAMES
) -> Iterator[Violation]:
    """A column has the type that its name promises.

    ## Why
    Whoever reads `created_at` compares it with a time, and whoever reads `is_late` counts it as a
    boolean; when it is something else, the comparison is wrong without a word.

    Only columns with a `data_type` in YAML are looked at. The setting `names` says which beginnings
    (`is_*`) and endings (`*_at`) go with which family: boolean, timestamp, date, time, integer,
    number, float, text; several with `or`. Types of no family, as json, are left alone.

    ## Instead of
    ```yaml
    columns:
      - name: is_late
        data_type: varchar
    ```

    ## Write
    ```yaml
    columns:
      - name: is_late
        data_type: boolean
    ```
    """
    for name, column in model.columns.items():
        if not column.data_type or not (wanted := _wanted(name.lower(), *names.items())):
            continue
        family = _family(column.data_type)
        if family and family not in wanted.split(" or "):
            yield Violation(
                f"column {name} is declared as {column.data_type}; by its name it is a {wanted}",
                at=Key("data_type", column),
                help="change the type in the SQL and here, or the name",
            )


@cache
def _wanted(name: str, *names: tuple[str, str]) -> str:
    """The families that go with the name; the longest pattern counts."""
    for pattern, families in sorted(names, key=lambda one: -len(one[0])):
        start, _, end = pattern.lower().partition("*")
        if name.startswith(start) and name.endswith(end) and len(name) > len(start + end):
            return families
    return ""


@cache
def _family(data_type: str) -> str:
    bare = re.sub(r"\s*\([^)]*\)", "", data_type).strip().lower()
    return next((name for name, types in FAMILIES.items() if re.fullmatch(types, bare)), "")
