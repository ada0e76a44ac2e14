"""Which columns of a table SQL checks may ask for: most name a few, and filling all takes long."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CALL = re.compile(
    r"""\{\{\s*info_schema\(\s*['"](?P<table>\w+)['"]\s*\)\s*\}\}(?:\s+(?:as\s+)?(?P<alias>\w+))?""",
    re.IGNORECASE,
)
_NOT_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", re.DOTALL)
_CONFIG = re.compile(r"\{\{\s*config\([^{}]*\)\s*\}\}")
_COUNT = re.compile(r"\bcount\s*\(\s*\*\s*\)", re.IGNORECASE)
_FROM_FIRST = re.compile(
    r"(?:^|[(;]|\b(?:all|as|distinct|except|intersect|by\s+name|union))\s*from\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_WHOLE_ROWS = frozenset({
    "columns", "describe", "natural", "pivot", "positional", "show", "summarize", "table",
    "unpivot",
})  # fmt: skip
_NO_ALIAS = frozenset({
    "", "anti", "asof", "cross", "except", "full", "group", "having", "inner", "intersect", "join",
    "left", "limit", "on", "order", "qualify", "right", "select", "semi", "union", "using", "where",
    "window",
})  # fmt: skip


def named_columns(texts: Iterable[str]) -> frozenset[str] | None:
    """The words in these queries, in lower case; None when one may ask for columns unnamed."""
    found: set[str] = set()
    for text in texts:
        code = _CONFIG.sub("", _NOT_CODE.sub(" ", text))
        calls = list(_CALL.finditer(code))
        rest = _COUNT.sub(" ", _CALL.sub(" ", code))
        behind = {(one["alias"] or "").lower() for one in calls}
        words = [*behind, *(one.lower() for one in _WORD.findall(rest))]
        relations = {one["table"].lower() for one in calls} | (behind - _NO_ALIAS)
        # `to_json(m)` is the whole row of m.
        row = re.compile(rf"\b(?:{'|'.join(relations)})\b(?!\s*\.)", re.IGNORECASE)
        if (
            any(sign in rest for sign in ("*", "{"))
            or not _WHOLE_ROWS.isdisjoint(words)
            or _FROM_FIRST.search(rest)
            or (relations and row.search(rest))
        ):
            return None
        found.update(words)
    return frozenset(found)
