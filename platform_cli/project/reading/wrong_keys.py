"""Keys of properties files that say nothing to dbt: written twice, or misspelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from platform_cli.project.entry_place import Entries, Item, Keys
from platform_cli.project.files.tree import InputFile, decode, read_bytes
from platform_cli.project.problem import Problem

_NODE = frozenset(
    {"name", "description", "config", "meta", "docs", "tests", "data_tests", "columns", "tags"}
)
_LOADED = frozenset({"loader", "quoting", "freshness", "loaded_at_field", "loaded_at_query"})
_KNOWN: dict[str, frozenset[str]] = {
    "models": _NODE
    | {"access", "group", "constraints", "contract", "versions", "latest_version", "time_spine"},
    "seeds": _NODE | {"group"},
    "snapshots": _NODE | {"group", "relation"},
    "sources": (_NODE - {"columns"})
    | _LOADED
    | {"tables", "schema", "database", "catalog", "overrides"},
    "tables": _NODE | _LOADED | {"external", "identifier"},
    "columns": (_NODE - {"columns"})
    | {"data_type", "quote", "constraints", "granularity", "policy_tags", "dimension", "entity"},
    "exposures": _NODE | {"depends_on", "owner", "type", "url", "maturity", "label"},
    "groups": _NODE | {"owner"},
}
_OTHERS = frozenset({"version", "anchors", "macros", "analyses", "metrics", "unit_tests"})
_MORE = frozenset({"semantic_models", "saved_queries", "functions", "tests", "data_tests"})
_SECTIONS = (_KNOWN.keys() - {"tables", "columns"}) | _OTHERS | _MORE
_CERTAIN = 0.8
"""How near a key must be to a known one. Adapters and people have keys of their own."""


def key_twice(path: str, key: str, line: int, column: int) -> Problem:
    """The problem that a mapping has a key a second time."""
    return Problem(
        message=f"`{key}` is there twice: the first is lost",
        kind="duplicate-key",
        severity="warn",
        path=path,
        line=line,
        column=column,
        hint="keep one of the two, with all it needs",
    )


def wrong_keys(file: InputFile, data: dict[str, Any]) -> Iterator[Problem]:
    """Misspelled keys in a properties file, and columns that are declared twice."""
    found = [*_misspelled(data, frozenset(_SECTIONS), ())]
    for section in _KNOWN.keys() & data.keys():
        found += _in_list(data[section], section, (section,))
    if not found:
        return
    entries = Entries(decode(read_bytes(file.absolute, file.path), file.path))
    for way, message, hint in found:
        line, column = entries.place(way) or (0, 0)
        yield Problem(
            message=message,
            kind="duplicate-key" if isinstance(way[-1], Item) else "unknown-key",
            severity="warn",
            path=file.path,
            line=line,
            column=column,
            hint=hint,
        )


_Wrong = tuple[Keys, str, str]
"""The way to the place, what is wrong, and what to do."""


def _in_list(items: Any, part: str, way: Keys) -> Iterator[_Wrong]:
    """What is wrong with the entries of a list and below them."""
    named = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    named = [one for one in named if isinstance(one.get("name"), str)]
    if part == "columns" and len(named) != len({one["name"] for one in named}):
        for name, count in Counter(one["name"] for one in named).items():
            if count > 1:
                message = f"column {name} is declared {count} times: only the last one counts"
                yield (*way, Item(name)), message, "keep one of them, with all it needs"
    known = _KNOWN[part]
    for one in named:
        if not known.issuperset(one):
            yield from _misspelled(one, known, (*way, Item(one["name"])))
        for below in ("columns", "tables"):
            if one.get(below):
                yield from _in_list(one[below], below, (*way, Item(one["name"]), below))


def _misspelled(mapping: dict[Any, Any], known: frozenset[str], way: Keys) -> Iterator[_Wrong]:
    for key in mapping:
        if isinstance(key, str) and key not in known and (near := _near(key, known)):
            yield (*way, key), f"`{key}` says nothing to dbt", f"did you mean {near!r}?"


@cache
def _near(key: str, known: frozenset[str]) -> str:
    from difflib import get_close_matches  # few projects need it

    return next(iter(get_close_matches(key, sorted(known), n=1, cutoff=_CERTAIN)), "")
