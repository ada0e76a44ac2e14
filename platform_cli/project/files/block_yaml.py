"""The YAML that most properties files are made of, read line by line in half libYAML's time.

Block mappings and lists of one-line values: words, quoted text without escapes, short flow lists.
Anything else anywhere in a text is `Unusual`: then libYAML reads it all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

_INSIDE = r"\-\w .,;()/+*=<>%$!?&|@^~{}\[\]"
_PLAIN = rf"\w[{_INSIDE}'\"]*(?::[\w/.=][{_INSIDE}'\"]*)*"
_QUOTED = rf"'[{_INSIDE}:#\"]*'|\"[{_INSIDE}:#']*\""
_ITEM = r"(?:[A-Za-z0-9_]+|'[\w .-]*'|\"[\w .-]*\")"
_FLOW = rf"\[ *(?:{_ITEM}(?: *, *{_ITEM})*)? *\]"
_LINE = re.compile(
    r"( *)(- +)?(?:([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +|$))?"
    rf"(?:({_PLAIN})|({_QUOTED})|({_FLOW}))? *(?:(?<![^ ])#[{_INSIDE}:#'\"`]*)?"
)
_ITEMS = re.compile(_ITEM)


class Unusual(Exception):  # noqa: N818  (control flow)
    """Not the YAML that is certain here."""


class _Line(NamedTuple):
    indent: int
    dash: int
    """How far the dash moves what comes after it; 0 without one."""
    key: Any
    value: Any


_NONE = object()


def block_load(text: str, plain: Callable[[str], Any]) -> Any:
    """The value of a document; `plain` says what an unquoted word is.

    Raises:
        Unusual: it has something that is not known for certain here.
    """
    lines = _lines(text, plain)
    if not lines:
        raise Unusual
    value, at = _node(lines, 0, lines[0].indent)
    if at < len(lines):
        raise Unusual
    return value


def _lines(text: str, plain: Callable[[str], Any]) -> list[_Line]:
    lines = []
    match = _LINE.fullmatch
    for line in text.split("\n"):
        found = match(line)
        if found is None:
            raise Unusual
        indent, dash, key, word, quoted, flow = found.groups()
        if word is not None:
            value = plain(word.rstrip(" "))
        elif quoted is not None:
            value = quoted[1:-1]
        elif flow is not None:
            value = [
                item[1:-1] if item[0] in "'\"" else plain(item) for item in _ITEMS.findall(flow)
            ]
        elif key is not None:
            value = _NONE
        elif dash is not None:
            raise Unusual
        else:
            continue  # empty, or a comment
        lines.append(
            _Line(
                len(indent), len(dash) if dash else 0, _NONE if key is None else plain(key), value
            )
        )
    return lines


def _node(lines: list[_Line], at: int, indent: int) -> tuple[Any, int]:
    if lines[at].dash:
        return _list(lines, at, indent)
    if lines[at].key is _NONE:
        raise Unusual
    return _mapping(lines, at, indent, lines[at])


def _list(lines: list[_Line], at: int, indent: int) -> tuple[list[Any], int]:
    items = []
    while at < len(lines):
        line = lines[at]
        if line.indent != indent or not line.dash:
            if line.indent > indent:
                raise Unusual
            break
        if line.key is _NONE:
            items.append(line.value)
            at += 1
        else:
            item, at = _mapping(lines, at, indent + line.dash, line)
            items.append(item)
    return items, at


def _mapping(lines: list[_Line], at: int, indent: int, first: _Line) -> tuple[dict[Any, Any], int]:
    """A mapping; its `first` line may stand behind a dash."""
    mapping: dict[Any, Any] = {}
    line, end = first, len(lines)
    while True:
        value = line.value
        at += 1
        if value is _NONE:
            value = None
            if at < end:
                below = lines[at]
                if below.indent > indent:
                    value, at = _node(lines, at, below.indent)
                elif below.indent == indent and below.dash:
                    value, at = _list(lines, at, indent)
        mapping[line.key] = value
        if at == end:
            return mapping, at
        line = lines[at]
        if line.indent > indent:
            raise Unusual
        if line.indent < indent or line.dash:
            return mapping, at
        if line.key is _NONE:
            raise Unusual
