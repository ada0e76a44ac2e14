"""Jinja that renders to its text with marks in it: where each piece of the text comes from.

The marks are put into the syntax tree, in front of every piece of text and every expression that
goes straight into the output. Text that a variable takes up (`{% set x %}...{% endset %}`), or a
macro, stays as it is: somebody may look into it. Nobody else ever sees the marks.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, chunks, environment
from platform_cli.project.sql.positions import Rendered, Segment

if TYPE_CHECKING:
    from typing import Any

    from jinja2 import Template

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(rf"{_OPEN}(\d+),(\d+){_CLOSE}")
_LOST = "the places of its Jinja cannot be told"
_GUESS = "_platform_guess_{}"
_NO_GUESSES: Mapping[int, str] = {}
_SPACE = re.compile(r"[-+\s]*")


_TAKING_UP = frozenset({"call", "filter"})
_Places = Iterator[tuple[int, int]]


class Marked:
    """A template of a text, made once and rendered as often as wanted."""

    def __init__(self, text: str, start: int, stop: int, *, guessing: bool = False) -> None:
        """The template is `text[start:stop]`; when `guessing`, something else may stand for an
        expression. Raises BrokenJinja where the syntax is wrong.
        """
        if _OPEN in text or _CLOSE in text:
            raise Unknown("the file has characters that no SQL needs (U+E000 or U+E001)")
        self._text = text
        self.reached: int | None = None
        """Where the expression starts that the last rendering ended at; None for anything else."""
        code = text[start:stop]
        made = environment()
        try:
            tree = made.parse(code)
            _Marking(code, start, guessing=guessing).mark(tree)
            self._template: Template = made.from_string(tree)
        except TemplateSyntaxError as error:
            line = error.lineno + text.count("\n", 0, start)
            raise BrokenJinja(error.message or "syntax error", line, certain=True) from error

    def render(
        self, names: Mapping[str, Any], guesses: Mapping[int, str] = _NO_GUESSES
    ) -> Rendered:
        """The text with its places. `guesses` stand for the expressions that start there.

        Raises BrokenJinja and Unknown, as `chunks` does.
        """
        if guesses:
            names = ChainMap({_GUESS.format(at): text for at, text in guesses.items()}, names)  # type: ignore[arg-type]
        written: list[str] = []
        self.reached = None
        try:
            written.extend(chunks(self._template, names))
        except Unknown:
            for mark in list(_MARK.finditer("".join(written)))[-1:]:
                self.reached = int(mark[1]) if int(mark[2]) else None
            raise
        marked = "".join(written)
        segments: list[Segment] = []
        parts: list[str] = []
        length, before = 0, 0
        for mark in _MARK.finditer(marked):
            part = marked[before : mark.start()]
            parts.append(part)
            length += len(part)
            before = mark.end()
            source, end = int(mark[1]), int(mark[2])
            segments.append(Segment(length, source, end or source, verbatim=not end))
        parts.append(marked[before:])
        return Rendered("".join(parts), self._text, segments)


class _Marking:
    """Puts marks into a tree; texts and expressions come in the order of the source."""

    def __init__(self, code: str, start: int, *, guessing: bool) -> None:
        self._guessing = guessing
        self._texts, self._expressions, self._blocks = _places(code, start)

    def mark(self, tree: nodes.Template) -> None:
        self._body(tree.body, seen=True)
        for places in (self._texts, self._expressions, self._blocks):
            if next(places, None) is not None:
                raise Unknown(_LOST)

    def _body(self, body: list[nodes.Node], *, seen: bool) -> None:
        """`seen` is False inside of what is taken up: there is nothing to mark, only to count."""
        for node in list(body):
            if isinstance(node, nodes.CallBlock | nodes.FilterBlock):
                # Whatever it makes of its text, it comes from there.
                mark = self._mark(next(self._blocks, None), node.lineno)
                self._body(node.body, seen=False)
                if seen:
                    body.insert(body.index(node), nodes.Output([mark], lineno=node.lineno))
            elif isinstance(node, nodes.Output):
                self._output(node, seen=seen)
            elif isinstance(node, nodes.If):
                self._body(node.body, seen=seen)
                for branch in node.elif_:
                    self._body(branch.body, seen=seen)
                self._body(node.else_, seen=seen)
            elif isinstance(node, nodes.For):
                self._body(node.body, seen=seen)
                self._body(node.else_, seen=seen)
            elif isinstance(node, nodes.With | nodes.Scope):
                self._body(node.body, seen=seen)
            else:
                inner = getattr(node, "body", None)
                if isinstance(inner, list):
                    self._body(inner, seen=False)

    def _output(self, node: nodes.Output, *, seen: bool) -> None:
        marked: list[nodes.Expr] = []
        for one in node.nodes:
            if isinstance(one, nodes.TemplateData):
                place = next(self._texts, None)
            else:
                place = next(self._expressions, None)
            mark = self._mark(place, one.lineno)
            if place is not None and seen:
                marked.append(mark)
                if self._guessing and place[1]:
                    guess = nodes.Name(_GUESS.format(place[0]), "load", lineno=one.lineno)
                    one = nodes.CondExpr(guess, guess, one, lineno=one.lineno)
            marked.append(one)
        node.nodes = marked

    def _mark(self, place: tuple[int, int] | None, line: int) -> nodes.TemplateData:
        if place is None:  # `{% print %}` is an output without braces
            raise Unknown(_LOST)
        return nodes.TemplateData(f"{_OPEN}{place[0]},{place[1]}{_CLOSE}", lineno=line)


def _places(code: str, start: int) -> tuple[_Places, _Places, _Places]:
    """Where the texts start, where the expressions stand (braces left out), and the first tags of
    call and filter blocks.
    """
    texts: list[tuple[int, int]] = []
    expressions: list[tuple[int, int]] = []
    blocks: list[tuple[int, int]] = []
    tokens = environment().lexer.tokeniter(code, None)
    at, begin, opened = 0, 0, ""
    for _, kind, value in tokens:
        found = code.find(value, at)
        # Only white space is ever left out, in front of `{%-` and the like.
        if found < 0 or code[at:found].strip():
            raise Unknown(_LOST)
        if kind == "data":
            texts.append((start + found, 0))
        elif kind == "block_begin":
            begin, opened = found, ""
        elif kind == "name" and not opened:
            opened = value
        elif kind == "block_end" and opened in _TAKING_UP:
            blocks.append((start + begin, start + found))
        elif kind == "variable_begin":
            begin = found + len(value)
        elif kind == "variable_end":
            space = _SPACE.match(code, begin)
            first = space.end() if space else begin
            expressions.append((start + first, start + max(first + 1, found)))
        at = found + len(value)
    return iter(texts), iter(expressions), iter(blocks)
