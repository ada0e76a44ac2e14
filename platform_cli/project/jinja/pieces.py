"""A text taken apart into its expressions and tags, without Jinja's lexer.

Only what is certain: braces and quotes that match, no backslash in an expression, and of the tags
`if`, `for`, `set` and `do`. Of anything else (raw blocks, macros, calls, ...) there are no pieces:
then Jinja itself has to read the whole text. Each piece stands for itself: it is a template that
Jinja reads in the same way as in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from platform_cli.project.jinja.simple_sql import CALL

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = r"[^'\"{}%#\\]*"
_STRING = r"(?:'[^'\\]*'|\"[^\"\\]*\")"
_IN_BRACES = rf"{_PLAIN}(?:{_STRING}{_PLAIN})*"
_BRACES = rf"\{{{_IN_BRACES}(?:\{{{_IN_BRACES}\}}{_IN_BRACES})*\}}"
_BODY = rf"{_PLAIN}(?:(?:{_STRING}|{_BRACES}){_PLAIN})*"
_OPEN = re.compile(r"\{[{%#]")
_CALL = re.compile(rf"\{{\{{[-+]?\s*{CALL}\s*-?\}}\}}")
_EXPRESSION = re.compile(rf"\{{\{{{_BODY}\}}\}}")
_TAG = re.compile(rf"\{{%[-+]?\s*(?P<word>[a-z]+)\b{_BODY}%\}}")
_ALONE = re.compile(r"\{%[-+]?\s*[a-z]+\s*-?%\}")
_SET_BLOCK = re.compile(r"\{%[-+]?\s*set\s+\w+\s*-?%\}")


class Piece:
    """An expression, a tag, or a block from its first tag to its last.

    `kind` is "call" (a literal ref, source or config, in `call`), "expression", "do", "set",
    "if", "for" or "block" (a set block). `text` is that of the expression or tag alone.
    """

    __slots__ = ("branches", "call", "end", "kind", "line", "start", "text")

    def __init__(self, kind: str, text: str, start: int, line: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.line = line
        self.call: re.Match[str] | None = None
        self.branches: list[Branch] = []


class Branch:
    """One part of a block: `tag` opens it, such as `{% elif x %}`; `word` is the tag's."""

    __slots__ = ("line", "pieces", "tag", "word")

    def __init__(self, word: str, tag: Piece) -> None:
        self.word = word
        self.tag = tag.text
        self.line = tag.line
        self.pieces: list[Piece] = []


class _NoPieces(Exception):  # noqa: N818  (control flow)
    pass


def take_apart(text: str) -> list[Piece] | None:
    """The pieces in order, blocks with what is in them; None for what only Jinja can read."""
    if text.count("\r") != text.count("\r\n"):
        return None
    outer: list[Piece] = []
    here = outer
    blocks: list[tuple[Piece, list[Piece]]] = []
    try:
        for piece, word in _flat(text):
            if word in _OPENING:
                here.append(piece)
                blocks.append((piece, here))
                here = _branch(piece, word, piece)
            elif word in _FURTHER:
                if not blocks or blocks[-1][0].branches[-1].word == "else":
                    return None
                block = blocks[-1][0]
                if block.kind not in _FURTHER[word]:
                    return None
                here = _branch(block, word, piece)
            elif word in _CLOSING:
                if not blocks or blocks[-1][0].kind != _CLOSING[word]:
                    return None
                block, here = blocks.pop()
                block.end = piece.end
            else:
                here.append(piece)
    except _NoPieces:
        return None
    return None if blocks else outer


_OPENING = frozenset({"if", "for", "block"})
_FURTHER = {"elif": ("if",), "else": ("if", "for")}
_CLOSING = {"endif": "if", "endfor": "for", "endset": "block"}


def _branch(block: Piece, word: str, tag: Piece) -> list[Piece]:
    branch = Branch(word, tag)
    block.branches.append(branch)
    return branch.pieces


def _flat(text: str) -> Iterator[tuple[Piece, str]]:
    """Each expression and tag, with the tag's word."""
    line, counted, position = 1, 0, 0
    while opened := _OPEN.search(text, position):
        at = opened.start()
        mark = text[at + 1]
        if mark == "#":
            end = text.find("#}", at + 2)
            if end < 0:
                raise _NoPieces
            position = end + 2
            continue
        line += text.count("\n", counted, at)
        counted = at
        if mark == "{":
            word = "expression"
            found = call = _CALL.match(text, at)
            if found is None:
                found = _EXPRESSION.match(text, at)
        else:
            call = None
            found = _TAG.match(text, at)
            word = _word(found) if found else ""
        if found is None:
            raise _NoPieces
        piece = Piece("call" if call else word, found[0], at, line)
        piece.call = call
        position = piece.end
        yield piece, word


def _word(tag: re.Match[str]) -> str:
    word = tag["word"]
    if word in _CLOSING or word == "else":
        if _ALONE.fullmatch(tag[0]) is None:
            raise _NoPieces
        return word
    if word == "set":
        return "block" if _SET_BLOCK.fullmatch(tag[0]) else "set"
    if word not in {"if", "elif", "for", "do"}:
        raise _NoPieces
    return word
