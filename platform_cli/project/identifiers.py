"""Names in SQL: when to quote them, and what to call a column with an odd one."""

from __future__ import annotations

import re

# DuckDB 2.0: select keyword_name from duckdb_keywords()
# where keyword_category in ('reserved', 'type_function')
_RESERVED = frozenset(
    """
    all analyse analyze and anti any array as asc asof asymmetric at authorization binary
    both by case cast check collate collation column columns concurrently constraint
    create cross default deferrable desc describe distinct do else end except false fetch
    for foreign freeze from full generated glob group having ilike in initially inner
    intersect into is isnull join lambda lateral leading left like limit map natural not
    notnull null offset on only or order outer overlaps pivot pivot_longer pivot_wider
    placing positional primary qualify references returning right select semi show similar
    some struct summarize symmetric table tablesample then to trailing true try_cast tuple
    union unique unpack unpivot using variadic verbose when where window with
    """.split()  # noqa: SIM905
)


def quoted(name: str) -> str:
    """The name as SQL wants it: in double quotes only if it needs them."""
    if re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def snake_case(name: str) -> str:
    """`First Order` and `firstOrder` are `first_order`, `Größe %` is `grosse`.

    Never empty, never starts with a digit.
    """
    if not name.isascii():
        from unicodedata import combining, normalize

        # Letters without their accents; a name in another script has none to keep.
        parts = normalize("NFKD", name.replace("ß", "ss"))
        name = "".join(one for one in parts if not combining(one))
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    text = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return f"_{text}" if not text or text[0].isdigit() else text
