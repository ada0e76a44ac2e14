"""Where the entries of a properties file stand, without reading the YAML as YAML.

A project new to the rules has thousands of findings, and composing YAML costs milliseconds per
file; the indentation nearly always says it. Where it does not (flow style, `name` not first), the
YAML is composed after all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml import Mark, Node


class Item(NamedTuple):
    """The item of a list that has this `name`."""

    name: str


Keys = tuple[str | Item, ...]


class _Part(NamedTuple):
    """A key or an item: where it starts and ends, and how far what is in it is indented."""

    start: int
    end: int
    indent: int
    is_list: bool = False


class Entries:
    """The entries of one properties file; what was found once is not looked for again."""

    def __init__(self, text: str) -> None:
        # With a line end first, every line starts after one.
        self._text = "\n" + text.replace("\r\n", "\n").replace("\r", "\n")
        self._parts: dict[Keys, _Part | None] = {(): _Part(0, len(self._text), 0)}
        self._lists: dict[_Part, dict[str, _Part]] = {}
        self._composed: Composed | None = None

    def place(self, keys: Sequence[str | Item]) -> tuple[int, int] | None:
        """Line and column (from 1) of the key or item, or None when it is not there.

        `keys` leads from the top: `("models", Item("fct_flights"), "columns", Item("flight_id"))`.
        Of equal keys the last one counts, as for dbt.
        """
        if part := self._part(tuple(keys)):
            line_start = self._text.rfind("\n", 0, part.start)
            return self._text.count("\n", 0, part.start), part.start - line_start
        self._composed = self._composed or Composed(self._text[1:])
        return self._composed.place(keys)

    def _part(self, keys: Keys) -> _Part | None:
        if keys not in self._parts:
            above, key = self._part(keys[:-1]), keys[-1]
            if above is None:
                self._parts[keys] = None
            elif isinstance(key, Item):
                self._parts[keys] = self._items(above).get(key.name)
            else:
                self._parts[keys] = self._key(above, key)
        return self._parts[keys]

    def _key(self, above: _Part, key: str) -> _Part | None:
        found = self._text.rfind(f"\n{' ' * above.indent}{key}:", above.start, above.end)
        if found < 0 or above.is_list:
            return None
        start = found + 1 + above.indent
        after = _next_key(above.indent).search(self._text, start, above.end)
        end = after.start() if after else above.end
        first = _FIRST.search(self._text, start, end)
        if not first or not _NOTHING.match(self._text, start + len(key) + 1, end):
            return _Part(start, start, 0)  # a value, however many lines of text it has
        return _Part(start, end, len(first["indent"]), first["sign"] == "-")

    def _items(self, above: _Part) -> dict[str, _Part]:
        """The items of the list under a key that start with their name."""
        if above not in self._lists:
            self._lists[above] = self._named(above)
        return self._lists[above]

    def _named(self, above: _Part) -> dict[str, _Part]:
        text, dash = self._text, f"\n{' ' * above.indent}-"
        found: dict[str, _Part] = {}
        at = text.find(dash, above.start, above.end) if above.is_list else -1
        while at >= 0:
            after = text.find(dash, at + 1, above.end)
            if named := _NAME.match(text, at + len(dash), above.end):
                start = named.start("key")
                indent = start - text.rfind("\n", 0, start) - 1
                part = _Part(start, after if after >= 0 else above.end, indent)
                found.setdefault(named["name"], part)
            at = after
        return found


_FIRST = re.compile(r"\n(?P<indent> *)(?P<sign>-(?=\s)|[^\s#-])")
_NOTHING = re.compile(r" *([&!]\S+ *)?(#[^\n]*)?(\n|$)")
_NAME = re.compile(
    r"""\n? +(?P<key>name): +(["']?)(?P<name>[^\n"'\\#]*[^\n"'\\# ])\2 *(?:#[^\n]*)?(?:\n|$)"""
)


@cache
def _next_key(indent: int) -> re.Pattern[str]:
    """What ends a key: another key, this far left. A list may stand as far left as its key."""
    return re.compile(rf"\n {{0,{indent}}}[^\s#-]")


class Composed:
    """The same, asked of the composed YAML; nothing is in YAML that is broken."""

    def __init__(self, text: str) -> None:
        import yaml

        try:
            self._top: Node | None = yaml.compose(text, yaml.CSafeLoader)
        except yaml.YAMLError:
            self._top = None
        # By the node's id and not by the way to it: an alias leads to a node by many ways.
        self._inside: dict[int, dict[str | Item, tuple[Mark, Node]]] = {}

    def place(self, keys: Sequence[str | Item]) -> tuple[int, int] | None:
        """As of Entries."""
        node, mark = self._top, None
        for key in keys:
            if node is None:
                return None
            if id(node) not in self._inside:
                self._inside[id(node)] = _inside(node)
            mark, node = self._inside[id(node)].get(key, (None, None))
        return (mark.line + 1, mark.column + 1) if mark else None


def _inside(node: Node) -> dict[str | Item, tuple[Mark, Node]]:
    import yaml

    found: dict[str | Item, tuple[Mark, Node]] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                found[key.value] = (key.start_mark, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            pairs = item.value if isinstance(item, yaml.MappingNode) else ()
            names = [value.value for key, value in pairs if key.value == "name"]
            if names and isinstance(names[-1], str):
                found.setdefault(Item(names[-1]), (item.start_mark, item))
    return found
