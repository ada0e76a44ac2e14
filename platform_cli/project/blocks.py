"""Top-level blocks of a file: `{% macro %}`, `{% docs %}`, `{% snapshot %}`, ...

dbt cuts a file into blocks with patterns before Jinja sees it; so do we, with the same corners:
comments hide tags, strings hide closing brackets, `{% raw %}` hides everything, and other tags
between the blocks do not matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from platform_cli.project.jinja import BrokenJinja

if TYPE_CHECKING:
    from collections.abc import Collection


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
    position = 0
    while match := _OPEN.search(text, position):
        if match["comment"]:
            end = _COMMENT_END.search(text, match.end())
            if end is None:
                raise BrokenJinja(
                    "a comment is never closed: '#}' is missing", _at(text, match), certain=True
                )
            position = end.end()
            continue
        if match["expression"]:
            position = _close(_EXPRESSION_END, text, match, "}}")
            continue
        kind, start = match["kind"], match.start()
        if kind == "raw":
            end = _RAW_END.search(text, match.end())
            if end is None:
                raise BrokenJinja(
                    "'raw' is never closed: 'endraw' is missing", _at(text, match), certain=True
                )
            position = end.end()
            continue
        position = _close(_TAG_END, text, match, "%}")
        if kind in ("if", "for"):
            inside.append(kind)
        elif kind in ("endif", "endfor"):
            if not inside or "end" + inside.pop() != kind:
                raise BrokenJinja(f"unexpected '{kind}'", _at(text, match), certain=True)
        if kind in kinds:
            if inside:
                raise BrokenJinja(
                    f"a '{kind}' block inside if or for", _at(text, match), certain=True
                )
            if current is not None:
                raise BrokenJinja(
                    f"a '{kind}' block inside '{current[0]}'", _at(text, match), certain=True
                )
            current = (kind, match["name"] or "", start, position)
        elif current is not None and kind == "end" + current[0]:
            found.append(_block(text, current, match, position))
            current = None
    if current is not None:
        line = text.count("\n", 0, current[2]) + 1
        raise BrokenJinja(
            f"'{current[0]}' is never closed: 'end{current[0]}' is missing", line, certain=True
        )
    return found


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
