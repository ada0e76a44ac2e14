"""How a type of DuckDB is written in a properties file."""

from __future__ import annotations

import re

_PART = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\w+|.", re.DOTALL)
_WITH_FIELDS = frozenset({"STRUCT", "UNION"})


def written_type(described: str) -> str:
    """In small letters, but for the names of fields and the values in it.

    dbt compares the fields of a contract with those of the SQL, and tells them apart by case.
    """
    made: list[str] = []
    around: list[bool] = []
    """Of each bracket that is open: whether names of fields are in it."""
    word, is_field = "", False
    for part in _PART.findall(described):
        if part == "(":
            is_field = word.upper() in _WITH_FIELDS
            around.append(is_field)
        elif part == ")":
            around = around[:-1]
        elif part == ",":
            is_field = any(around[-1:])
        elif part.strip():
            word = part
            made.append(part if is_field or part[0] in "\"'" else part.lower())
            is_field = False
            continue
        made.append(part)
    return "".join(made)
