"""The YAML that most properties files are made of, read line by line in half libYAML's time.

Block mappings and lists of one-line values: words, quoted text without escapes, flow lists and
mappings; and text below a `>` or a `|`. Anything else anywhere in a text is `Unusual`: then
libYAML reads it all.
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
_ANY = rf"[{_INSIDE}:#'\"`]"
_LINE = re.compile(
    r"( *)(- +)?(?:([A-Za-z_][A-Za-z0-9_.-]{0,99}):(?: +|$))?"
    rf"(?:({_PLAIN})|({_QUOTED})|({_FLOW})|(\{{{_ANY}*\}}|\[{_ANY}*\])|([>|]-?))?"
    rf" *(?:(?<![^ ])#{_ANY}*)?"
)
_ITEMS = re.compile(_ITEM)
_TEXT = re.compile(rf"( *)(?! ){_ANY}*(?<! )")


class Unusual(Exception):  # noqa: N818  (control flow)
    """Not the YAML that is certain here."""


class _Line(NamedTuple):
    indent: int
    dash: int
    """How far the dash moves what comes after it; 0 without one."""
    key: Any
    value: Any


_NONE = object()


def block_load(text: str, plain: Callable[[str], Any], flow: Callable[[str], Any]) -> Any:
    """The value of a document.

    `plain` says what an unquoted word is, `flow` what a flow mapping or list is.

    Raises:
        Unusual: it has something that is not known for certain here.
    """
    lines = _lines(text, plain, flow)
    if not lines:
        raise Unusual
    value, at = _node(lines, 0, lines[0].indent)
    if at < len(lines):
        raise Unusual
    return value


def _lines(text: str, plain: Callable[[str], Any], flow: Callable[[str], Any]) -> list[_Line]:
    lines = []
    every = text.split("\n")
    seen: dict[str, _Line] = {}
    at = 0
    while at < len(every):
        written = every[at]
        at += 1
        line = seen.get(written)
        if line is None:
            found = _LINE.fullmatch(written)
            if found is None:
                raise Unusual
            indent, dash, key, word, quoted, flat, flown, style = found.groups()
            if style is not None:
                parent = len(indent) + (len(dash) if dash and key is not None else 0)
                value, used = _block_text(every, at, parent, style)
                at += used
            elif flown is not None:
                value = flow(flown)
            else:
                value = _value(word, quoted, flat, plain)
            if value is _NONE and key is None:
                if dash is None:
                    continue  # empty, or a comment
                raise Unusual
            line = _Line(
                len(indent), len(dash) if dash else 0, _NONE if key is None else plain(key), value
            )
            if word is not None or quoted is not None or value is _NONE:  # no list to be shared
                seen[written] = line
        lines.append(line)
    return lines


def _value(
    word: str | None, quoted: str | None, flat: str | None, plain: Callable[[str], Any]
) -> Any:
    if word is not None:
        return plain(word.rstrip(" "))
    if quoted is not None:
        return quoted[1:-1]
    if flat is not None:
        return [item[1:-1] if item[0] in "'\"" else plain(item) for item in _ITEMS.findall(flat)]
    return _NONE


def _block_text(every: list[str], start: int, parent: int, style: str) -> tuple[str, int]:
    """The text below a `>` or `|`, and how many lines it takes, blank ones at its end included."""
    indent = _indent(every[start]) if start < len(every) else 0
    if indent <= parent:
        raise Unusual
    text, breaks = "", 0
    for at in range(start, len(every) - 1):
        line = every[at]
        here = _indent(line) if line else indent
        if here < indent:
            break
        if here > indent:
            raise Unusual
        if line:
            folded = style[0] == ">" and text
            text += ("\n" * (breaks - 1) or " " if folded else "\n" * breaks) + line[indent:]
            breaks = 0
        breaks += 1
    else:  # whether the last line ends with a newline matters only there
        if every[-1]:
            raise Unusual
        at += 1
    return text if style.endswith("-") else text + "\n", at - start


def _indent(line: str) -> int:
    found = _TEXT.fullmatch(line)
    if found is None:
        raise Unusual
    return len(found[1])


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


def _mapping(  # noqa: C901
    lines: list[_Line], at: int, indent: int, first: _Line
) -> tuple[dict[Any, Any], int]:
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
        if line.key in mapping:
            raise Unusual  # it is to be told where
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
