"""Which columns of a table SQL checks may ask for: most name a few, and filling all takes long."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

TABLE = re.compile(r"\{\{\s*info_schema\(\s*(['\"])(?P<table>\w+)\1\s*\)\s*\}\}")
_CONFIG = re.compile(r"\{\{\s*config\([^{}]*\)\s*\}\}")
_JINJA = re.compile(r"\{[{%#]")
_STRING_OR_COMMENT = re.compile(
    r"""(?P<string>'(?:[^']|'')*')|(?P<name>"(?:[^"]|"")*")|--[^\n]*|/\*.*?\*/""", re.DOTALL
)
_CALL = re.compile(r'\{(?P<table>\w+)\}(?P<behind>\s+(?:as\s+)?"?(?P<alias>\w+)"?)?', re.IGNORECASE)
_COUNT = re.compile(r"\bcount\s*\(\s*\*\s*\)", re.IGNORECASE)
_UNNAMED = re.compile(
    # All columns; a column by its place; strings that end otherwise, as do e'\'' and $$'$$.
    r"""[*#$]|\be''"""
    r"|\b(?:columns|describe|natural|pivot|positional|show|summarize|table|unpivot)\b"
    # `from t` alone is `select * from t`.
    r"|(?:^|[(;]|\b(?:all|as|distinct|except|intersect|by\s+name|union))\s*from\b",
    re.IGNORECASE,
)
_NO_ALIAS = frozenset({
    "anti", "asof", "cross", "except", "full", "group", "having", "inner", "intersect", "join",
    "left", "limit", "natural", "on", "order", "positional", "qualify", "right", "select", "semi",
    "union", "using", "where", "window",
})  # fmt: skip


def plain(text: str) -> str | None:
    """The SQL of a check with no Jinja but the tables that it calls; None when it has other.

    `config()` is left out: it says nothing about the rows.
    """
    text = _CONFIG.sub(lambda found: "\n" * found[0].count("\n"), text)
    return None if _JINJA.search(TABLE.sub("", text)) else text


def named_columns(texts: Iterable[str]) -> Mapping[str, frozenset[str] | None]:
    """By table the words of the queries that call it, in lower case.

    None when one of them may ask for columns unnamed. Queries with other Jinja are not looked at.
    """
    found: dict[str, set[str]] = defaultdict(set)
    whole = set[str]()
    for text in texts:
        if (sql := plain(text)) is None:
            continue
        words = _words(sql)
        for call in TABLE.finditer(sql):
            found[call["table"]] |= words or set()
            if words is None:
                whole.add(call["table"])
    return {one: None if one in whole else frozenset(words) for one, words in found.items()}


def _words(sql: str) -> set[str] | None:
    marked = TABLE.sub(lambda call: f"{{{call['table']}}}", sql)
    code = _STRING_OR_COMMENT.sub(_emptied, marked)
    relations = set[str]()

    def relation(call: re.Match[str]) -> str:
        """Note what the table is called here, and leave what is no name of it."""
        relations.add(call["table"])
        behind, alias = call["behind"] or "", call["alias"] or ""
        if alias.lower() in _NO_ALIAS:
            return behind
        relations.update([alias] if alias else [])
        # `as m(a, b)` names by place.
        return " #" if code[call.end() :].lstrip().startswith("(") else " "

    rest = _COUNT.sub(" ", _CALL.sub(relation, code))
    # `to_json(m)` is the whole row of m.
    row = re.compile(rf"\b(?:{'|'.join(relations)})\b(?!\s*\.)", re.IGNORECASE)
    if _UNNAMED.search(rest) or (relations and row.search(rest)):
        return None
    return {word.lower() for word in re.findall(r"\w+", rest)}


def _emptied(found: re.Match[str]) -> str:
    return found["name"] or ("''" if found["string"] else " ")
