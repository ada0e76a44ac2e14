"""What a query, a CTE or a relation hands to whoever reads it: columns, each with its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from platform_cli.project.sql.origin import Origin


class Rank(IntEnum):
    """How far a value is from the columns it is made of; of several parts the highest counts."""

    PASSED = 0
    CONVERTED = 1
    COMPUTED = 2
    UNKNOWN = 3


class Value(NamedTuple):
    """What an expression is made of. `why` is of an unknown one."""

    of: frozenset[Origin]
    rank: Rank
    type: str | None = None
    why: str = ""


CONSTANT = Value(frozenset(), Rank.COMPUTED)


def unknown(why: str, of: Iterable[Origin] = ()) -> Value:
    """A value of which the text does not say what it is made of; `of` may be it."""
    return Value(frozenset(of), Rank.UNKNOWN, why=why)


def together(parts: Sequence[Value], rank: Rank = Rank.COMPUTED) -> Value:
    """A value made of all of these, at least so far from them."""
    if not parts:
        return CONSTANT
    of = parts[0].of if len(parts) == 1 else frozenset[Origin]().union(*(one.of for one in parts))
    worst = max(parts, key=_rank)
    types = {one.type for one in parts}
    type_ = types.pop() if len(types) == 1 and rank < Rank.COMPUTED else None
    return Value(of, max(rank, worst.rank), type_, worst.why)


def _rank(value: Value) -> int:
    return value.rank


class Item(NamedTuple):
    """A column of a shape; without a name when only the database knows it."""

    name: str | None
    value: Value


class Open(NamedTuple):
    """Columns that nobody lists: those of a resource but for the `hidden`, or (without
    `unique_id`) of something unknown, which may be one of the `maybe`.
    """

    unique_id: str
    why: str
    hidden: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()


class Shape:
    """Columns in their order. With `opens` there are more of them, somewhere in between."""

    def __init__(self, items: Iterable[Item], opens: Iterable[Open] = ()) -> None:
        self.items = list(items)
        self.opens = list(dict.fromkeys(opens))
        self._by_name: dict[str, Value] | None = None

    def listed(self, name: str) -> Value | None:
        """The value of a column (in lower case) that is listed."""
        if self._by_name is None:
            found: dict[str, Value] = {}
            for item in self.items:
                if item.name is not None:
                    found.setdefault(item.name.lower(), item.value)
            self._by_name = found
        return self._by_name.get(name)

    def is_same(self, other: Shape) -> bool:
        """Whether these are the same columns of the same resources, in the same order."""
        return self.items == other.items and self.opens == other.opens

    def behind_stars(self, name: str, written: str) -> list[Value]:
        """What a column that is not listed may be, one value for each star that may have it."""
        return [
            Value(frozenset({Origin(one.unique_id, written)}), Rank.PASSED)
            if one.unique_id
            else unknown(one.why, (Origin(each, written) for each in one.maybe))
            for one in self.opens
            if name not in one.hidden
        ]

    def may_have(self, name: str) -> bool:
        """Whether a star may have a column (in lower case) that is not listed."""
        return any(name not in one.hidden for one in self.opens)

    def read(self) -> Shape:
        """The same with names as the next reader sees them: DuckDB numbers those that repeat."""
        names = [item.name.lower() for item in self.items if item.name is not None]
        if len(set(names)) == len(names):
            return self
        if self.opens:
            return self
        return Shape(numbered(self.items))


def numbered(items: Sequence[Item]) -> list[Item]:
    """`id, id` becomes `id, id_1`."""
    seen: dict[str, int] = {}
    found = []
    for item in items:
        name = item.name
        while name is not None and name.lower() in seen:
            key = name.lower()
            name = f"{name}_{seen[key]}"
            seen[key] += 1
        if name is not None:
            seen[name.lower()] = 1
        found.append(Item(name, item.value))
    return found


def either(values: Sequence[Value], what: str) -> Value:
    """One of these, and only one: itself when there is no other."""
    if len(values) == 1:
        return values[0]
    of = frozenset[Origin]().union(*(one.of for one in values))
    return unknown(f"{what} may be of {_names(of)}", of)


def _names(of: frozenset[Origin]) -> str:
    names = sorted({one.unique_id.rsplit(".", 1)[-1] for one in of})
    return " or ".join(names) or "several relations"
