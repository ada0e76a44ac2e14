"""Rendering a file for the record's sake, piece by piece: most pieces are templates made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.jinja.piece_effects import AROUND, effect_of
from platform_cli.project.jinja.simple_call import macro_call
from platform_cli.project.jinja.simple_sql import literal_call
from platform_cli.project.jinja.sql_names import BoundMacro
from platform_cli.project.jinja.static_walk import RECORDING
from platform_cli.project.resources import Reference

if TYPE_CHECKING:
    from platform_cli.project.jinja.names_at_parse import NamesAtParse
    from platform_cli.project.jinja.pieces import Piece
    from platform_cli.project.jinja.scope import Scope


def render_pieces(pieces: list[Piece], text: str, record: NamesAtParse, scope: Scope) -> bool:
    """Whether the record, which was started, now holds all that rendering the text records.

    False when the file has to be rendered whole: a variable goes from piece to piece, something
    is unknown or wrong. The record must be started again then.
    """
    if RECORDING & scope.macros.visible(scope.package).keys() or not _alone(pieces, scope):
        return False
    try:
        _Rendering(text, record, scope).add(pieces)
    except (Exception, Unknown):  # noqa: BLE001  (what it means, the whole rendering says)
        return False
    return True


def _alone(pieces: list[Piece], scope: Scope, *, in_loop: bool = False) -> bool:
    """Whether Jinja reads each piece by itself, and none sets a variable for another."""
    for piece in pieces:
        kind = piece.kind
        if kind in {"set", "block"} and not in_loop:
            return False
        if kind not in {"call", "if"} and effect_of(kind, piece.text, scope) is None:
            return False
        for branch in piece.branches:
            if branch.word in {"if", "elif"} and effect_of(branch.word, branch.tag, scope) is None:
                return False
            if not _alone(branch.pieces, scope, in_loop=in_loop or kind == "for"):
                return False
    return True


class _Rendering:
    def __init__(self, text: str, record: NamesAtParse, scope: Scope) -> None:
        self._text = text
        self._record = record
        self._scope = scope

    def add(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if piece.kind == "call":
                self._call(piece)
            elif piece.kind == "if":
                for branch in piece.branches:
                    if branch.word == "else" or self._truth(branch.word, branch.tag, branch.line):
                        self.add(branch.pieces)
                        break
            elif piece.kind == "for":
                self._record.render(self._text[piece.start : piece.end], line=piece.line)
            elif not self._macro(piece):
                self._record.render(piece.text, line=piece.line)

    def _call(self, piece: Piece) -> None:
        assert piece.call is not None  # noqa: S101  (of this kind, it has one)
        found = literal_call(piece.call, self._text, piece.line)
        if isinstance(found, Reference):
            self._record.references.append(found)
        else:
            self._record.render(piece.text, line=piece.line)

    def _macro(self, piece: Piece) -> bool:
        """A macro with literal arguments is called without a template around it."""
        call = macro_call(piece.text)
        found = self._record.names.get(call.name) if call else None
        if call is None or not isinstance(found, BoundMacro):
            return False
        with self._record.at(piece.line):
            str(found(*call.args, **call.options))
        return True

    def _truth(self, kind: str, tag: str, line: int) -> bool:
        effect = effect_of(kind, tag, self._scope)
        if effect is not None and effect.truth is not None:
            return effect.truth
        before, after = AROUND[kind]
        return self._record.render(f"{before}{tag}true{after}", line=line)
