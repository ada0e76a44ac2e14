"""Is an entry of a properties file of the shape dbt wants? dbt stops at the first that is not."""

from __future__ import annotations

from typing import Any

_TEXT, _LIST, _MAPPING = "text", "a list", "a mapping"
_KINDS: dict[str, tuple[Any, ...]] = {_TEXT: (str,), _LIST: (list,), _MAPPING: (dict,)}
_KEYS = {
    "description": _TEXT,
    "config": _MAPPING,
    "columns": _LIST,
    "tables": _LIST,
    "versions": _LIST,
    "data_tests": _LIST,
    "tests": _LIST,
    "constraints": _LIST,
    "meta": _MAPPING,
    "docs": _MAPPING,
    "quoting": _MAPPING,
}
_NAMED = frozenset({"columns", "tables"})
_LISTS_OF_CALLS = frozenset({"exposures"})
_OWN: dict[str, tuple[tuple[str, str], ...]] = {
    "exposures": (("owner", _MAPPING),),
    "groups": (("owner", _MAPPING),),
    "unit_tests": (("given", _LIST),),
}
"""Keys of one section; in another they are a person's own, and may be anything."""


def wrong_shape(entry: dict[str, Any], key: str) -> str | None:
    """What is wrong with an entry under `key`, None when nothing is."""
    name = entry.get("name")
    if "name" in entry and not isinstance(name, str):
        return (
            f"a name is text, but this one is {name!r}: YAML reads some words and numbers as "
            "values; put it in quotes"
        )
    if "data_tests" in entry and entry.get("tests"):
        return f"{name!r} has both `tests` and `data_tests`"
    if key in _LISTS_OF_CALLS and not isinstance(entry.get("depends_on") or [], list):
        return f"`depends_on` of {name!r} is not a list"
    for part, kind in _OWN.get(key, ()):
        if entry.get(part) is not None and not isinstance(entry[part], _KINDS[kind]):
            return f"`{part}` of {name!r} is not {kind}"
    if key == "unit_tests":  # its `versions` say which versions to test
        entry = {part: value for part, value in entry.items() if part != "versions"}
    return None if _sound(entry) else _wrong_part(entry, str(name))


def _sound(entry: dict[str, Any]) -> bool:
    """True when nothing is wrong; False when `_wrong_part` has to look."""
    for part, value in entry.items():
        kind = _KEYS.get(part)
        if kind is None or value is None:
            continue
        if part == "versions" or not isinstance(value, _KINDS[kind]):
            return False
        if part in _NAMED:
            for inner in value:
                if type(inner) is not dict or type(inner.get("name")) is not str:
                    return False
                if not _sound(inner):
                    return False
    return True


def _wrong_part(entry: dict[str, Any], where: str) -> str | None:  # noqa: C901
    for part, kind in _KEYS.items():
        value: Any = entry.get(part)
        if value is None:
            continue
        if not isinstance(value, _KINDS[kind]):
            return f"`{part}` of {where!r} is not {kind}"
        if part == "versions" and not all(isinstance(v, dict) and "v" in v for v in value):
            return f"a version of {where!r} has no `v`"
        if part in _NAMED or part == "versions":
            for inner in value:
                if not isinstance(inner, dict):
                    return f"an item of `{part}` of {where!r} is not a mapping"
                inner_name = inner.get("name")
                if part in _NAMED and not isinstance(inner_name, str):
                    if part == "columns" and ("include" in inner or "exclude" in inner):
                        continue
                    return f"an item of `{part}` of {where!r} has no name that is text"
                wrong = _wrong_part(inner, f"{where}.{inner_name or inner.get('v')}")
                if wrong:
                    return wrong
    return None
