"""A unified diff whose time grows with the file, and not with its square as that of difflib."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import pairwise

_FEW = 1000
"""Lines that difflib compares with as many in some hundredths of a second."""


def unified(before: str, after: str, old: str, new: str) -> list[str]:
    """The lines of the diff, none when nothing changes; `old` and `new` are the files' names.

    For files that are not long they are those of difflib. Of long parts that have no line in
    common that is the only one of its kind, everything is shown as changed.
    """
    a, b = before.splitlines(), after.splitlines()
    found: list[str] = []
    for group in _Matcher(a, b).get_grouped_opcodes():
        first, last = group[0], group[-1]
        places = f"-{_place(first[1], last[2])} +{_place(first[3], last[4])}"
        found += [f"@@ {places} @@"] if found else [f"--- {old}", f"+++ {new}", f"@@ {places} @@"]
        for kind, start, stop, new_start, new_stop in group:
            if kind == "equal":
                found += [f" {line}" for line in a[start:stop]]
            else:
                found += [f"-{line}" for line in a[start:stop]]
                found += [f"+{line}" for line in b[new_start:new_stop]]
    return found


def _place(start: int, stop: int) -> str:
    """From which line, and how many; an empty part has the number of the line before it."""
    if stop - start == 1:
        return str(start + 1)
    return f"{start + (stop > start)},{stop - start}"


class _Part:
    """Lines of the old file and those of the new one that come between the same lines."""

    def __init__(
        self, a: Sequence[str], b: Sequence[str], a_from: int = 0, b_from: int = 0
    ) -> None:
        self.a, self.b = a, b
        self.a_from, self.b_from = a_from, b_from

    def cut(self, a: int, a_to: int, b: int, b_to: int) -> _Part:
        """A part of this part."""
        return _Part(self.a[a:a_to], self.b[b:b_to], self.a_from + a, self.b_from + b)


class _Matcher(SequenceMatcher[str]):
    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, before, after)
        self._whole = _Part(before, after)

    def get_matching_blocks(self) -> list[Match]:
        """What is the same, found in parts that are not long."""
        blocks: list[Match] = []
        for a, b, size in sorted(_same(self._whole)):
            last = blocks[-1] if blocks else Match(0, 0, 0)
            if blocks and (last.a + last.size, last.b + last.size) == (a, b):
                blocks[-1] = Match(last.a, last.b, last.size + size)
            else:
                blocks.append(Match(a, b, size))
        return [*blocks, Match(len(self._whole.a), len(self._whole.b), 0)]


def _same(whole: _Part) -> Iterator[tuple[int, int, int]]:
    parts = [whole]
    while parts:
        part = parts.pop()
        if len(part.a) <= _FEW and len(part.b) <= _FEW:
            for one in SequenceMatcher(None, part.a, part.b).get_matching_blocks()[:-1]:
                yield part.a_from + one.a, part.b_from + one.b, one.size
            continue
        pairs = _pairs(part)
        for a, b in pairs:
            yield part.a_from + a, part.b_from + b, 1
        ends = [(-1, -1), *pairs, (len(part.a), len(part.b))]
        parts += [
            part.cut(a + 1, next_a, b + 1, next_b)
            for (a, b), (next_a, next_b) in pairwise(ends)
            if pairs and next_a > a + 1 and next_b > b + 1
        ]


def _pairs(part: _Part) -> list[tuple[int, int]]:
    """The places of the same lines: at both ends, and those that are the only ones of their kind
    on both sides, as far as they come in the same order.
    """
    least = min(len(part.a), len(part.b))
    head = next((n for n in range(least) if part.a[n] != part.b[n]), least)
    tail = next((n for n in range(least - head) if part.a[-1 - n] != part.b[-1 - n]), least - head)
    found = [(n, n) for n in range(head)]
    single = {line for line, number in Counter(part.a).items() if number == 1}
    single &= {line for line, number in Counter(part.b).items() if number == 1}
    there = {line: n for n, line in enumerate(part.b) if line in single}
    inner = range(head, len(part.a) - tail)
    found += _in_order([(n, there[part.a[n]]) for n in inner if part.a[n] in single])
    return found + [(len(part.a) - n, len(part.b) - n) for n in range(tail, 0, -1)]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs, which grow in their first place, that grow in their second one."""
    lowest: list[int] = []
    """The second place in which a row of so many pairs can end."""
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(lowest, place)
        before.append(ends[at - 1] if at else -1)
        lowest[at : at + 1] = [place]
        ends[at : at + 1] = [number]
    found: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
