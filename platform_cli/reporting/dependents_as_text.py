"""What would break, a line each, with its owner and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from click import style

from platform_cli.errors import Where


class _Owned(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def where(self) -> Where: ...


class _Dependent(_Owned, Protocol):
    @property
    def through(self) -> str: ...


class _Place(_Owned, Protocol):
    @property
    def why(self) -> str: ...


def dependents_as_text(found: Sequence[_Dependent], *, folder: str) -> str:
    """`model  fct_delays  network_planning  models/marts/fct_delays.sql:12:6`."""
    return _lines(found, [f"through {one.through}" if one.through else "" for one in found], folder)


def places_as_text(found: Sequence[_Place], *, folder: str) -> str:
    """The same of places that a person has to look at, each with the reason."""
    return _lines(found, [one.why for one in found], folder)


def _lines(found: Sequence[_Owned], ends: Sequence[str], folder: str) -> str:
    rows = [
        (one.kind, one.name, one.owner or "nobody's", f"{folder}{one.where}  {end}".rstrip())
        for one, end in zip(found, ends, strict=True)
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    return "\n".join(
        f"{kind:{widths[0]}}  {style(name, bold=True)}{' ' * (widths[1] - len(name))}"
        f"  {owner:{widths[2]}}  {place}"
        for kind, name, owner, place in rows
    )
