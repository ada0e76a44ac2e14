"""What a file records when dbt parses it, from its pieces: the static walk, piece by piece.

Pieces repeat from file to file (`{% if is_incremental() %}`, `{{ this }}`, `{{ cents('x') }}`):
each text is walked once and its effect remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from platform_cli.project.jinja.config_calls import merge_config_call
from platform_cli.project.jinja.piece_effects import Effect, effect_of
from platform_cli.project.jinja.simple_sql import literal_call
from platform_cli.project.jinja.static_walk import RECORDING
from platform_cli.project.resources import Reference

if TYPE_CHECKING:
    from platform_cli.project.jinja.pieces import Piece
    from platform_cli.project.jinja.scope import Scope


class _HandOn(Exception):  # noqa: N818  (control flow)
    pass


def fold(
    pieces: list[Piece], text: str, scope: Scope
) -> tuple[list[Reference], dict[str, Any]] | None:
    """The references and the config of the file, or None when more than its pieces is needed.

    A reference that is no literal call of its own has a line, but no column. Raises BrokenJinja
    where dbt itself would stop.
    """
    if RECORDING & scope.macros.visible(scope.package).keys():
        return None
    folding = _Folding(text, scope)
    try:
        folding.add(pieces)
    except _HandOn:
        return None
    return folding.references, folding.config


class _Folding:
    def __init__(self, text: str, scope: Scope) -> None:
        self.references: list[Reference] = []
        self.config: dict[str, Any] = {}
        self._text = text
        self._scope = scope

    def add(self, pieces: list[Piece], *, quiet: bool = False) -> None:
        """Pieces that run once, or when `quiet` never, once or often: then none may record."""
        for piece in pieces:
            kind = piece.kind
            if kind == "call":
                self._call(piece, quiet=quiet)
            elif kind == "if":
                self._if(piece, quiet=quiet)
            else:
                self._take(self._effect(kind, piece.text), piece.line, quiet=quiet)
                for branch in piece.branches:
                    self.add(branch.pieces, quiet=quiet or kind == "for")

    def _effect(self, kind: str, text: str) -> Effect:
        found = effect_of(kind, text, self._scope)
        if found is None:
            raise _HandOn
        return found

    def _call(self, piece: Piece, *, quiet: bool) -> None:
        if quiet:
            raise _HandOn
        assert piece.call is not None  # noqa: S101  (of this kind, it has one)
        found = literal_call(piece.call, self._text, piece.line)
        if found is None:
            self._take(self._effect("expression", piece.text), piece.line, quiet=quiet)
        elif isinstance(found, Reference):
            self.references.append(found)
        else:
            merge_config_call(self.config, found)

    def _take(self, effect: Effect, line: int, *, quiet: bool) -> None:
        if not effect.certain or (quiet and (effect.references or effect.configs)):
            raise _HandOn
        self.references += [_placed(one, line) for one in effect.references]
        for options in effect.configs:
            merge_config_call(self.config, options)

    def _if(self, piece: Piece, *, quiet: bool) -> None:
        """Of the branches up to the first that is certain, the last; doubt makes all quiet."""
        doubt = done = False
        for branch in piece.branches:
            truth: bool | None = True
            if branch.word != "else":
                effect = self._effect(branch.word, branch.tag)
                truth = effect.truth
                if not done and (doubt or truth is None):
                    self._take(effect, branch.line, quiet=quiet or doubt)
                    doubt = True
            if done or (not doubt and not truth):
                self._check(branch.pieces)
            else:
                self.add(branch.pieces, quiet=quiet or doubt)
                done = not doubt

    def _check(self, pieces: list[Piece]) -> None:
        """Pieces that never run, but that Jinja reads all the same."""
        for piece in pieces:
            if piece.kind not in {"call", "if"}:
                self._effect(piece.kind, piece.text)
            for branch in piece.branches:
                if piece.kind == "if" and branch.word != "else":
                    self._effect(branch.word, branch.tag)
                self._check(branch.pieces)


def _placed(reference: Reference, first: int) -> Reference:
    """The reference of a piece that begins in line `first` of the file."""
    line = reference.line + first - 1
    return Reference(reference.kind, reference.args, reference.version, line=line)
