"""UNION, EXCEPT and INTERSECT: the columns of two sides as one."""

from __future__ import annotations

from itertools import chain

from sqlglot import exp

from platform_cli.project.lineage.scope import all_of
from platform_cli.project.lineage.shape import (
    Item,
    Open,
    Shape,
    Value,
    together,
    unknown,
)
from platform_cli.project.lineage.uses import Uses


def united(query: exp.SetOperation, left: Shape, right: Shape, uses: Uses) -> Shape:
    """The columns of a set operation, under the names of its left side.

    EXCEPT and INTERSECT compare rows: their values are those of the left side.
    """
    compares = isinstance(query, exp.Except | exp.Intersect)
    if compares:
        for item in right.items:
            uses.add(item.value, "where")
    if query.args.get("by_name"):
        return _by_name(left, right, compares=compares)
    if compares:
        return left
    if not left.opens and not right.opens:
        if len(left.items) != len(right.items):
            why = (
                f"one side of the union has {len(left.items)} columns, the other {len(right.items)}"
            )
            return _unclear(left, right, why)
        pairs = zip(left.items, right.items, strict=True)
        return Shape(Item(one.name, _either(one.value, other.value)) for one, other in pairs)
    if _same_stars(left, right):
        return left
    return _unclear(left, right, "a side of the union is a `*` whose columns nobody lists")


def _by_name(left: Shape, right: Shape, *, compares: bool) -> Shape:
    items = []
    for item in left.items:
        other = _named(right, item.name)
        value = _either(item.value, other) if other is not None and not compares else item.value
        items.append(Item(item.name, value))
    for item in () if compares else right.items:
        if item.name is None or left.listed(item.name.lower()) is not None:
            continue
        other = _named(left, item.name)
        items.append(Item(item.name, _either(other, item.value) if other else item.value))
    return Shape(items, chain(left.opens, right.opens))


def _named(shape: Shape, name: str | None) -> Value | None:
    if name is None:
        return None
    found = shape.listed(name.lower())
    if found is not None or not shape.may_have(name.lower()):
        return found
    return unknown(f"a side of the union may have {name}: nobody lists its columns")


def _either(left: Value, right: Value) -> Value:
    """A value of either side; a constant on one of them is another value than that of a column."""
    return together([left, right], min(left.rank, right.rank))


def _same_stars(left: Shape, right: Shape) -> bool:
    return not left.items and left.opens == right.opens


def _unclear(left: Shape, right: Shape, why: str) -> Shape:
    """What is on the left, and whatever may stand in its place on the right."""
    of = all_of(right).of
    items = [Item(item.name, unknown(why, item.value.of | of)) for item in left.items]
    if not left.opens:
        return Shape(items)
    opens = [*left.opens, *right.opens]
    maybe = frozenset(one.unique_id for one in opens if one.unique_id)
    hidden = frozenset[str].intersection(*(one.hidden for one in left.opens))
    return Shape(items, [Open("", why, hidden, maybe.union(*(one.maybe for one in opens)))])
