"""Where a place in the rendered SQL stands in the file it was rendered from."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from msgspec import Struct


class SqlSpan(Struct, frozen=True, array_like=True):
    """A part of a node's SQL: what it is called, and where it stands in the node's file.

    `anchor` is its logical name (`final/join:p1`), which stays when lines move. `detail` is what a
    rule has to know besides. Lines and columns count from 1, 0 is unknown (SQL that stands in no
    file). `exact` is False for what a Jinja expression wrote: the place is that of the expression.
    """

    name: str
    anchor: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    exact: bool = True
    detail: str = ""


class Segment(NamedTuple):
    """A piece of rendered SQL from `start`, and the part of the source it comes from.

    `verbatim` text is the source's own from `source` on; else the expression wrote it that stands
    from `source` to `source_end`.
    """

    start: int
    source: int
    source_end: int
    verbatim: bool


class Rendered(Struct):
    """Rendered SQL with the way back to its source.

    `source` is the text of the whole file (line ends as `\\n`); without segments it stands in none.
    `guessed` is why something else stands for what only dbt can tell, and the line; None for a
    text that is what dbt would say.
    """

    text: str
    source: str
    segments: list[Segment]
    guessed: tuple[str, int] | None = None
    _lines: list[int] = []
    """Where the lines of the source start; asked for thousands of places."""

    def is_verbatim(self, at: int) -> bool:
        """Whether this place of the rendered text was written by hand."""
        found = self._segment(at)
        return found is not None and found.verbatim

    def place(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Line and column of the first character and of the one behind the last one."""
        first, last = self._segment(start), self._segment(max(start, end - 1))
        if first is None or last is None:
            return 0, 0, 0, 0
        begin = first.source + start - first.start if first.verbatim else first.source
        stop = last.source + end - last.start if last.verbatim else last.source_end
        return *self._line_and_column(begin), *self._line_and_column(max(begin, stop))

    def _segment(self, at: int) -> Segment | None:
        found = bisect_right(self.segments, at, key=_start) - 1
        return self.segments[found] if found >= 0 else None

    def _line_and_column(self, at: int) -> tuple[int, int]:
        if not self._lines:
            ends = [found.end() for found in re.finditer("\n", self.source)]
            self._lines = [0, *ends]
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1


def _start(segment: Segment) -> int:
    return segment.start
