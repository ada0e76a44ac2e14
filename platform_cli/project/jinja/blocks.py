"""Top-level blocks of a file: `{% macro %}`, `{% docs %}`, `{% snapshot %}`, ...

dbt cuts a file into blocks with patterns before Jinja sees it; so do we, with the same corners:
comments hide tags, strings hide closing brackets, `{% raw %}` hides everything, and other tags
between the blocks do not matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from platform_cli.project.jinja.dialect import BrokenJinja

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Block(Struct, frozen=True):
    """One block: `contents` between its tags, `full` with them; `line` is that of `contents`."""

    kind: str
    name: str
    contents: str
    full: str
    line: int
    first_line: int
    tag: str


_OPEN = re.compile(
    r"(?P<comment>\{\#)|(?P<expression>\{\{)"
    r"|\{%-?\s*(?P<kind>[A-Za-z_]\w*)(?:\s+(?P<name>[A-Za-z_]\w*))?",
    re.ASCII,
)
_COMMENT_END = re.compile(r"#\}")
_STRING = r"'[^'\\]*(?:\\.[^'\\]*)*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\""
_EXPRESSION_END = re.compile(rf"(?P<end>\}}\}})|{_STRING}|(?P<open>['\"])", re.DOTALL)
_TAG_END = re.compile(rf"(?P<end>-%\}}\s*|%\}})|{_STRING}|(?P<open>['\"])", re.DOTALL)
_RAW_END = re.compile(r"\{%-?\s*endraw\s*(?:-%\}\s*|%\})")


def extract_blocks(text: str, kinds: Collection[str]) -> list[Block]:
    """The blocks of these kinds, in order; BrokenJinja with the line where dbt would stop."""
    found: list[Block] = []
    inside: list[str] = []
    current: tuple[str, str, int, int] | None = None
    for tag, after in _tags(text):
        kind = tag["kind"]
        if kind in ("if", "for"):
            inside.append(kind)
        elif kind in ("endif", "endfor") and (not inside or "end" + inside.pop() != kind):
            raise BrokenJinja(f"unexpected '{kind}'", _at(text, tag), certain=True)
        if kind in kinds:
            outer = current[0] if current else "if or for" if inside else None
            if outer:
                raise BrokenJinja(f"a '{kind}' block inside {outer}", _at(text, tag), certain=True)
            current = (kind, tag["name"] or "", tag.start(), after)
        elif current is not None and kind == "end" + current[0]:
            found.append(_block(text, current, tag, after))
            current = None
    if current is not None:
        kind, line = current[0], text.count("\n", 0, current[2]) + 1
        message = f"'{kind}' is never closed: 'end{kind}' is missing"
        raise BrokenJinja(message, line, certain=True)
    return found


def _tags(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Every tag that is neither in a comment nor raw, and where it ends."""
    position = 0
    while match := _OPEN.search(text, position):
        if match["comment"]:
            position = _skip(_COMMENT_END, text, match, "a comment is never closed: '#}'")
        elif match["expression"]:
            position = _close(_EXPRESSION_END, text, match, "}}")
        elif match["kind"] == "raw":
            position = _skip(_RAW_END, text, match, "'raw' is never closed: 'endraw'")
        else:
            position = _close(_TAG_END, text, match, "%}")
            yield match, position


def _skip(pattern: re.Pattern[str], text: str, opened: re.Match[str], words: str) -> int:
    end = pattern.search(text, opened.end())
    if end is None:
        raise BrokenJinja(f"{words} is missing", _at(text, opened), certain=True)
    return end.end()


def _block(text: str, current: tuple[str, str, int, int], end: re.Match[str], after: int) -> Block:
    kind, name, start, inner = current
    # A dash in front of the closing tag takes the white space before it out of the contents.
    stop = end.start()
    if end[0].startswith("{%-"):
        stop = len(text[inner:stop].rstrip()) + inner
    return Block(
        kind=kind,
        name=name,
        contents=text[inner:stop],
        full=text[start:after],
        line=text.count("\n", 0, inner) + 1,
        first_line=text.count("\n", 0, start) + 1,
        tag=text[start:inner],
    )


def _close(pattern: re.Pattern[str], text: str, opened: re.Match[str], closing: str) -> int:
    position = opened.end()
    while match := pattern.search(text, position):
        if match["end"]:
            return match.end()
        if match["open"]:
            break
        position = match.end()
    raise BrokenJinja(f"'{closing}' is missing", _at(text, opened), certain=True)


def _at(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
