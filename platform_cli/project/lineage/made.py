"""What is known of the columns of one resource: kept between runs."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from platform_cli.project.sql.origin import Origin

How = Literal["unchanged", "renamed", "converted", "computed", "given", "unknown"]
"""How a column comes about: the value of a parent's column as it is, under its name or another;
that value in another type; anything else; it is loaded, as those of seeds and sources are; or
nobody can say from the text (`why` says why)."""
FILE, RELATION = "file:", "relation:"
"""In front of what is read and is no resource, where a unique id would stand."""


class MadeColumn(Struct, frozen=True, array_like=True):
    """A column: its name as it is written, and the columns its value is made of.

    Filters, joins and groupings choose rows and are no part of a value: see `ColumnUse`. A column
    made of several `unchanged` ones is passed on from each side of a union. Of an unknown one, `of`
    are those it may be made of.
    """

    name: str
    how: How
    of: tuple[Origin, ...] = ()
    type: str | None = None
    why: str = ""

    @property
    def passed_on(self) -> Origin | None:
        """The one column that this one is, in whatever type; None for any other."""
        return self.of[0] if self.how in _PASSED and len(self.of) == 1 else None


_PASSED = frozenset({"unchanged", "renamed", "converted"})


class ColumnUse(Struct, frozen=True, array_like=True):
    """A parent's column that a resource names: it breaks, or means another thing, without it.

    `clauses` are where: `select`, `join`, `where`, `group by`, `having`, `qualify`, `order by`,
    `exclude`, `snapshot` (a setting). `certain` is False where it may be another column.
    """

    unique_id: str
    column: str
    clauses: tuple[str, ...]
    certain: bool = True


class OpenStar(Struct, frozen=True, array_like=True):
    """`select *` of something whose columns nobody lists: whatever it has is passed on, but for
    the `hidden` names (in lower case). Without `unique_id` nobody knows from where; it may be from
    one of the `maybe`.
    """

    unique_id: str
    why: str
    hidden: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


class MadeColumns(Struct, frozen=True, array_like=True, dict=True):
    """The columns of one resource in their order, and what it names of its parents.

    With `open` stars there may be more columns than those listed. `undecided` is why nothing can be
    told from the SQL; the columns are then those that a properties file declares. `unread` is why
    it may name more of its parents than the `uses`: what a condition in it says is not known.
    """

    columns: tuple[MadeColumn, ...] = ()
    open: tuple[OpenStar, ...] = ()
    uses: tuple[ColumnUse, ...] = ()
    undecided: str = ""
    unread: str = ""

    @property
    def complete(self) -> bool:
        """Whether all columns are listed."""
        return not self.open and not self.undecided

    @property
    def why_incomplete(self) -> str:
        """Why there may be more columns; empty when all are listed."""
        return self.undecided or "; ".join(dict.fromkeys(one.why for one in self.open))

    def listed(self, name: str) -> MadeColumn | None:
        """The column of that name, in any case, if it is listed."""
        return self._by_name.get(name.lower())

    @cached_property
    def _by_name(self) -> dict[str, MadeColumn]:
        return {one.name.lower(): one for one in reversed(self.columns)}

    def column(self, name: str) -> MadeColumn | None:
        """The column of that name, in any case, or what a star must pass on under it."""
        wanted = name.lower()
        if (found := self.listed(name)) is not None or self.undecided:
            return found
        stars = [one for one in self.open if wanted not in one.hidden]
        if len(stars) == 1 and stars[0].unique_id:
            return MadeColumn(name, "unchanged", (Origin(stars[0].unique_id, name),))
        why = "; ".join(one.why for one in stars)
        of = tuple(
            Origin(each, name) for one in stars for each in (one.unique_id, *one.maybe) if each
        )
        return MadeColumn(name, "unknown", of, why=why) if stars else None
