"""Where an entry of a properties file stands, without reading the YAML as YAML.

A project new to the rules has thousands of findings, and composing YAML costs a millisecond per
file and more; the lines nearly always say it. Where they do not (flow style, `name` not first),
the YAML is composed after all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Item(NamedTuple):
    """The item of a list that has this `name`."""

    name: str


def entry_place(text: str, keys: Sequence[str | Item]) -> tuple[int, int] | None:
    """Line and column (from 1) of the entry, or None when it is not there.

    `keys` leads from the top: `("models", Item("fct_flights"), "columns", Item("flight_id"))`.
    """
    lines = text.splitlines()
    start, end, place = 0, len(lines), None
    for key in keys:
        place = _find(lines, start, end, key)
        if place is None:
            return _composed(text, keys)
        start = place[0]
        end = _end(lines, place[0] - 1, in_list=isinstance(key, Item))
    return place


def _find(lines: list[str], start: int, end: int, key: str | Item) -> tuple[int, int] | None:
    """The least indented line that starts the key or the item."""
    word = re.escape(key.name if isinstance(key, Item) else key)
    form = (
        rf"""\s*-\s+name:\s*(["']?){word}\1\s*(#.*)?$"""
        if isinstance(key, Item)
        else rf"\s*{word}:\s*(#.*)?$"
    )
    pattern = re.compile(form)
    found = [(_indent(lines[at]), at) for at in range(start, end) if pattern.match(lines[at])]
    if not found:
        return None
    _, at = min(found)
    return at + 1, len(lines[at]) - len(lines[at].lstrip(" -")) + 1


def _end(lines: list[str], at: int, *, in_list: bool) -> int:
    """The first line after the block that starts at line `at`."""
    indent = _indent(lines[at])
    for after in range(at + 1, len(lines)):
        line = lines[after]
        depth = _indent(line)
        if depth > indent:
            continue
        bare = line.lstrip()
        # A list may stand as far left as the key that holds it.
        belongs = not in_list and depth == indent and bare.startswith("- ")
        if bare and not bare.startswith("#") and not belongs:
            return after
    return len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _composed(text: str, keys: Sequence[str | Item]) -> tuple[int, int] | None:
    import yaml

    try:
        node = yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    mark = None
    for key in keys:
        if isinstance(key, Item):
            items = node.value if isinstance(node, yaml.SequenceNode) else []
            node = next((one for one in items if _name(one) == key.name), None)
            mark = node.start_mark if node else None
        else:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            pair = next((one for one in pairs if one[0].value == key), None)
            mark, node = (pair[0].start_mark, pair[1]) if pair else (None, None)
        if mark is None:
            return None
    return (mark.line + 1, mark.column + 1) if mark else None


def _name(node: object) -> str | None:
    pairs = getattr(node, "value", None)
    if not isinstance(pairs, list):
        return None
    return next((value.value for key, value in pairs if key.value == "name"), None)
