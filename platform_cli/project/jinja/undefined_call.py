"""A call of a name that nothing has."""

from __future__ import annotations

from msgspec import Struct


class UndefinedCall(Struct, frozen=True, array_like=True):
    """`name` as written, with its package if there is one. Line and column count from 1."""

    name: str
    line: int
    column: int = 0
