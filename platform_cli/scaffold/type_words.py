"""How a type of DuckDB is written in a properties file."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')")


def type_words(described: str) -> str:
    """In small letters, but for the names of fields and the values in it."""
    parts = _QUOTED.split(described)
    return "".join(part if number % 2 else part.lower() for number, part in enumerate(parts))
