"""Where things stand in the text of a YAML file, down to the character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import yaml

from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.entry_place import Item

Pair = tuple[yaml.Node, yaml.Node]


def composed(text: str) -> yaml.Node | None:
    """The top of the document; None when there is nothing in it.

    Raises RefusedError for what is no YAML, or more than one document.
    """
    if text.startswith("\ufeff") or re.match(r"\s*?[ \t]+\S", text):
        # dbt strips a file before it reads it: what is indented at the top then means another.
        raise RefusedError("the file starts with a space or a byte-order mark")
    try:
        return yaml.compose(text, yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise RefusedError("the file is not valid YAML, or has several documents") from error


def child(node: yaml.Node, key: str | Item, which: int = 0) -> int | None:
    """Which of the node's pairs or items is meant; of equal keys the last, as for dbt."""
    if isinstance(key, Item):
        named = _named(node).get(key.name, ()) if isinstance(node, yaml.SequenceNode) else ()
        return named[which] if which < len(named) else None
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = [number for number, (one, _) in enumerate(pairs) if one.value == key]
    return found[-1] if found else None


@lru_cache(maxsize=8)
def _named(node: yaml.SequenceNode) -> dict[Any, list[int]]:
    """The numbers of the items by their names; of a wide table thousands are asked for."""
    found: dict[Any, list[int]] = {}
    for number, item in enumerate(node.value):
        name = _name(item)
        if isinstance(name, str):
            found.setdefault(name, []).append(number)
    return found


def _name(item: yaml.Node) -> Any:
    number = child(item, "name")
    return item.value[number][1].value if number is not None else None


def value_of(node: yaml.Node, number: int) -> yaml.Node:
    """The value of a pair, or the item."""
    part = node.value[number]
    found: yaml.Node = part[1] if isinstance(part, tuple) else part
    return found


def value_under(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key; None where there is no such key, or no mapping."""
    number = child(node, key) if isinstance(node, yaml.MappingNode) else None
    return value_of(node, number) if node is not None and number is not None else None


def start_of(node: yaml.Node, number: int) -> int:
    """Where a pair (its key) or an item (what follows its dash) starts."""
    part = node.value[number]
    return index(part[0] if isinstance(part, tuple) else part)


def end_of(node: yaml.Node, number: int, text: str) -> int:
    """Where the words of a pair or an item end: blank lines and comments after it are not its."""
    part = node.value[number]
    if not isinstance(part, tuple):
        return _end(part, index(part), text)
    key, value = part
    after_key = int(key.end_mark.index)
    return max(_end(value, after_key, text), after_key)


def _end(node: yaml.Node, least: int, text: str) -> int:
    if index(node) < least:
        raise RefusedError("an alias (`*name`) stands there")
    if isinstance(node, yaml.ScalarNode):
        start, end = index(node), node.end_mark.index
        if node.style not in ("|", ">"):
            return int(end)
        header = text[start:end].split("\n", 1)[0]
        # With a plus sign the empty lines after it are part of the text.
        return int(end) if "+" in header else start + len(text[start:end].rstrip())
    if in_flow(node) or not node.value:
        return int(node.end_mark.index)
    return end_of(node, len(node.value) - 1, text)


def in_flow(node: yaml.Node) -> bool:
    """Whether it is written in brackets or braces."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def index(node: yaml.Node) -> int:
    """Where the node starts in the text."""
    return int(node.start_mark.index)


def line_after(text: str, at: int) -> int:
    """Where the line after this place starts; the place itself when it starts a line already."""
    if at and text[at - 1] in "\n\r":
        return at
    found = re.compile(r"\r\n|\n|\r").search(text, at)
    return found.end() if found else len(text)


def line_start(text: str, at: int) -> int:
    """Where the line of this place starts."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def is_nothing(node: yaml.Node) -> bool:
    """Whether a key has no value at all, not even `null`."""
    return isinstance(node, yaml.ScalarNode) and index(node) == node.end_mark.index


def unmarked(text: str, nodes: Sequence[yaml.Node]) -> None:
    """Raise RefusedError when one of them is anchored: then others have its value, too."""
    for node in nodes:
        if text[index(node) : index(node) + 1] in ("&", "!"):
            raise RefusedError("an anchor or a tag stands there")
