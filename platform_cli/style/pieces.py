"""The source of a template cut into pieces, and the way that rendering took through them.

Both in the words of sqlfluff, which wants to know of every piece of the source where it went, and
of every piece of the rendered SQL where it comes from. Nothing of sqlfluff is imported here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from platform_cli.project.jinja.dialect import Unknown, environment

if TYPE_CHECKING:
    from platform_cli.project.sql.positions import Rendered, Segment

Kind = Literal["literal", "templated", "comment", "block_start", "block_mid", "block_end"]

_LOST = "the way through its Jinja cannot be told"
_PLAIN_TAGS = frozenset(
    {"do", "include", "import", "from", "extends", "print", "break", "continue"}
)
_BRANCHES = frozenset({"if", "elif", "else", "for"})


class Piece(NamedTuple):
    """A part of the source; those of one text leave nothing out."""

    kind: Kind
    start: int
    end: int
    block: int
    """Goes up by one with every block that begins or ends."""
    tag: str


class Step(NamedTuple):
    """A piece of the source, and what it became in the rendered text; often nothing."""

    piece: int
    start: int
    end: int


class Walk(Struct, frozen=True):
    """A rendered text, and how it came about."""

    source: str
    text: str
    pieces: tuple[Piece, ...]
    steps: tuple[Step, ...]


def walk(rendered: Rendered, start: int, stop: int) -> Walk:
    """The way of rendering through `start` to `stop` of the file.

    Places count from `start` on. The last line end, which Jinja drops, is there. Raises Unknown
    where the way cannot be told.
    """
    source = rendered.source[start:stop]
    pieces = pieces_of(source)
    way = _Way(pieces)
    segments = rendered.segments
    for number, segment in enumerate(segments):
        last = number + 1 == len(segments)
        end = len(rendered.text) if last else segments[number + 1].start
        way.follow(segment, start, end - segment.start)
    text = rendered.text
    if way.finish(keep_end=source.endswith("\n")):
        text += "\n"
    return Walk(source, text, pieces, tuple(way.steps))


def pieces_of(source: str) -> tuple[Piece, ...]:
    """Every part of the source, in order. Raises Unknown where they cannot be told."""
    return tuple(_pieces(source))


class _Way:
    """The steps so far; the next one is at piece `at`."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self.steps: list[Step] = []
        self._pieces = pieces
        self._starts = [one.start for one in pieces]
        self._at = self._length = 0
        self._over, self._loops = _structure(pieces)

    def follow(self, segment: Segment, start: int, length: int) -> None:
        """Go to where this segment comes from; `length` is what it became."""
        if segment.verbatim and not length:
            return
        number = bisect_right(self._starts, segment.source - start) - 1
        wanted = "literal" if segment.verbatim else "templated"
        while True:
            if not 0 <= number < len(self._pieces) or self._pieces[number].kind != wanted:
                raise Unknown(_LOST)
            piece = self._pieces[number]
            taken = min(length, piece.end - piece.start) if segment.verbatim else length
            self._go_to(number)
            self._step(taken)
            length -= taken
            number += 1
            if not length:
                return

    def finish(self, *, keep_end: bool) -> bool:
        """Go to the end; whether the last line end, which belongs there, had still to be added."""
        last = len(self._pieces)
        add = keep_end and self._at < last and self._pieces[-1].kind == "literal"
        if add and self._pieces[-1].end - self._pieces[-1].start == 1:
            self._go_to(last - 1)
            self._step(1)
            return True
        self._pass_to(last)
        return False

    def _go_to(self, target: int) -> None:
        if target < self._at:
            around = [
                (begin, end)
                for begin, end in self._loops
                if begin < target < end and self._at <= end
            ]
            if not around:
                raise Unknown(_LOST)
            begin, end = max(around)
            self._pass_to(end)
            self._step(0)
            self._at = begin + 1
        self._pass_to(target)

    def _pass_to(self, target: int) -> None:
        """Go on without output; a branch that was not taken is passed over."""
        while self._at < target:
            before = self._at
            self._step(0)
            over = self._over.get(before)
            if over is not None and over <= target:
                self._at = over

    def _step(self, length: int) -> None:
        self.steps.append(Step(self._at, self._length, self._length + length))
        self._length += length
        self._at += 1


def _structure(pieces: tuple[Piece, ...]) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """From each branch the next one or the end of its block; and where loops begin and end."""
    over: dict[int, int] = {}
    loops: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces):
        if piece.kind == "block_start":
            opened.append((number, number))
        elif piece.kind in {"block_mid", "block_end"} and opened:
            begin, branch = opened.pop()
            if pieces[branch].tag in _BRANCHES:
                over[branch] = number
            if piece.kind == "block_mid":
                opened.append((begin, number))
            elif pieces[begin].tag == "for":
                loops.append((begin, number))
    return over, loops


def _pieces(source: str) -> Iterator[Piece]:
    block = at = begin = 0
    words: list[tuple[str, str]] = []
    for _, kind, value in environment().lexer.tokeniter(source, None):
        found = source.find(value, at)
        if found < 0 or source[at:found].strip():
            raise Unknown(_LOST)
        if found > at:  # white space that a `-` takes away
            yield Piece("literal", at, found, block, "")
        at = found + len(value)
        if kind == "data":
            yield Piece("literal", found, at, block, "")
            continue
        if kind.endswith("_begin"):
            begin, words = found, []
        else:
            words.append((kind, value))
        if not (kind.endswith("_end") or kind == "raw_begin"):
            continue
        end = found + len(value.rstrip())
        piece_kind, tag = _kind(kind, words)
        block += piece_kind == "block_start"
        yield Piece(piece_kind, found if kind.startswith("raw") else begin, end, block, tag)
        block += piece_kind == "block_end"
        if end < at:
            yield Piece("literal", end, at, block, "")
    if at < len(source):
        yield Piece("literal", at, len(source), block, "")


def _kind(end: str, words: list[tuple[str, str]]) -> tuple[Kind, str]:
    """What a tag is, by the token that ends it and those inside of it."""
    if end == "variable_end":
        return "templated", ""
    if end == "comment_end":
        return "comment", ""
    if end.startswith("raw"):
        return ("block_start" if end == "raw_begin" else "block_end"), "raw"
    tag = next((value for kind, value in words if kind == "name"), "")
    if tag in _PLAIN_TAGS or (tag == "set" and _assigns(words)):
        return "templated", tag
    if tag in {"else", "elif"}:
        return "block_mid", tag
    return ("block_end" if tag.startswith("end") else "block_start"), tag


def _assigns(words: list[tuple[str, str]]) -> bool:
    """Whether a `set` has its value in the tag: one without takes up what follows."""
    depth = 0
    for kind, value in words:
        if kind != "operator":
            continue
        depth += (value in "([{") - (value in ")]}")
        if value == "=" and not depth:
            return True
    return False
