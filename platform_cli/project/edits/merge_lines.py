"""Two people's changes of one text, brought together line by line, as git does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MARKS = ("<<<<<<< ", "=======", ">>>>>>> ")


class Merged(NamedTuple):
    """The text with both changes; `conflicts` are lines of my text, counted from 1."""

    text: str
    conflicts: tuple[int, ...] = ()


class _Hunk(NamedTuple):
    """The lines from `start` to `end` become these; it is `mine` or theirs."""

    start: int
    end: int
    lines: list[str]
    mine: bool


def merge_lines(base: str, mine: str, theirs: str, theirs_name: str = "") -> Merged:
    """What `mine` and `theirs` made of `base`, both; lines end as mine do.

    Changes of the same line or of neighbouring ones are a conflict, unless they are the same: then
    mine stays, and with `theirs_name` both are there between git's marks.
    """
    if "\r\n" in mine:
        base, theirs = (one.replace("\r\n", "\n").replace("\n", "\r\n") for one in (base, theirs))
    old = base.splitlines(keepends=True)
    hunks = sorted(
        [
            *_hunks(old, mine.splitlines(keepends=True), mine=True),
            *_hunks(old, theirs.splitlines(keepends=True), mine=False),
        ],
        key=lambda one: (one.start, one.end),
    )
    out: list[str] = []
    conflicts: list[int] = []
    at, line = 0, 1
    for group in _touching(hunks):
        start, end = group[0].start, max(one.end for one in group)
        out += old[at:start]
        line += start - at
        at = end
        ours = _after(old, start, end, [one for one in group if one.mine])
        other = _after(old, start, end, [one for one in group if not one.mine])
        if ours == other or all(one.mine for one in group):
            out += ours
        elif not any(one.mine for one in group):
            out += other
        else:
            conflicts.append(line)
            out += _both(ours, other, theirs_name) if theirs_name else ours
        line += len(ours)
    return Merged("".join((*out, *old[at:])), tuple(conflicts))


def has_marks(text: str) -> int:
    """The line of the first mark of a conflict that nobody has settled; 0 when there is none."""
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(MARKS[0])), 0)


def marked(mine: Sequence[str], theirs: Sequence[str], theirs_name: str) -> list[str]:
    """Lines between git's marks."""
    end = "\r\n" if any(one.endswith("\r\n") for one in (*mine, *theirs)) else "\n"
    whole = [one if one.endswith("\n") else one + end for one in mine]
    other = [one if one.endswith("\n") else one + end for one in theirs]
    first, middle, last = MARKS
    return [f"{first}yours{end}", *whole, middle + end, *other, f"{last}{theirs_name}{end}"]


def _both(mine: list[str], theirs: list[str], theirs_name: str) -> list[str]:
    """Only what differs comes between the marks."""
    first = 0
    while first < min(len(mine), len(theirs)) and mine[first] == theirs[first]:
        first += 1
    last = 0
    while last < min(len(mine), len(theirs)) - first and mine[-1 - last] == theirs[-1 - last]:
        last += 1
    end = len(mine) - last
    between = marked(mine[first:end], theirs[first : len(theirs) - last], theirs_name)
    return [*mine[:first], *between, *mine[end:]]


def _hunks(old: list[str], new: list[str], *, mine: bool) -> Iterator[_Hunk]:
    matcher = SequenceMatcher(None, old, new)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield _Hunk(start, end, new[first:last], mine)


def _touching(hunks: Sequence[_Hunk]) -> Iterator[list[_Hunk]]:
    """Groups of changes with an unchanged line between them."""
    group: list[_Hunk] = []
    for one in hunks:
        if group and one.start > max(each.end for each in group):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _after(old: list[str], start: int, end: int, hunks: Sequence[_Hunk]) -> list[str]:
    """These lines of the old text after one person's changes."""
    out: list[str] = []
    for one in hunks:
        out += [*old[start : one.start], *one.lines]
        start = one.end
    return [*out, *old[start:end]]
