"""What a row of a query is, because the query groups: which of its columns say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from sqlglot import exp

from platform_cli.project.sql.behind import behind, is_star
from platform_cli.project.sql.tree import Tree, sources_of

_DEEPEST = 50
_MORE_ROWS = (exp.Explode, exp.Inline, exp.Unnest)
_SETS = ("grouping_sets", "cube", "rollup", "totals")


def grouped_by(tree: Tree) -> tuple[str, ...] | None:
    """The columns of the result by which it groups: no two rows have the same values there.

    Without any, all rows become one. None when it does not group, when it groups by what is no
    column of the result, or when that cannot be told.
    """
    return _of(tree.statements[0], tree) if len(tree.statements) == 1 else None


def _of(query: exp.Expr, tree: Tree, depth: int = 0) -> tuple[str, ...] | None:
    while isinstance(query, exp.Subquery | exp.Paren) and not query.args.get("pivots"):
        query = cast("exp.Expr", query.this)
    if not isinstance(query, exp.Select) or depth > _DEEPEST:
        return None
    if any(one.find(*_MORE_ROWS) for one in query.expressions):
        return None
    group = query.args.get("group")
    if group is not None:
        return _groups(query, group)
    if any(_sums_up(one, query) for one in query.expressions):
        return ()
    return _handed_on(query, tree, depth)


def _groups(select: exp.Select, group: exp.Group) -> tuple[str, ...] | None:
    if any(group.args.get(one) for one in _SETS):
        return None  # NULL stands for what a row is not grouped by
    names: list[str | None]
    if group.args.get("all"):
        items = [one for one in select.expressions if one.find(exp.Window) is None]
        rest = [one for one in items if not _sums_up(one, select)]
        # A function that nobody knows may sum up; of a sub-query nobody knows what it is made of.
        if any(_is_open(one) or one.find(exp.Anonymous, exp.Select) for one in rest):
            return None
        names = [_name(one) for one in rest if not _is_constant(one)]
    else:
        wanted = _single(group.expressions)
        names = [_output(one, select) for one in wanted if not _is_constant(one)]
    return tuple(dict.fromkeys(one for one in names if one)) if all(names) else None


def _single(items: Sequence[exp.Expr]) -> Iterator[exp.Expr]:
    """The parts of `group by (a, b), c`."""
    for one in items:
        if isinstance(one, exp.Tuple):
            yield from _single(one.expressions)
        else:
            yield one.unnest()


def _output(wanted: exp.Expr, select: exp.Select) -> str | None:
    """What something that is grouped by is called in the result."""
    items = select.expressions
    if isinstance(wanted, exp.Literal):
        before = items[: int(wanted.name)]
        known = len(before) == int(wanted.name) and not any(map(_is_open, before))
        return _name(before[-1]) if known and before else None
    for one in items:
        if _is_same(one.unalias(), wanted):
            return _name(one)
    if not isinstance(wanted, exp.Column) or wanted.table:
        return None
    name = wanted.name.lower()
    for one in items:
        if isinstance(one, exp.Alias) and one.alias.lower() == name:
            # In `upper(code) as code` the column is meant, and not what it becomes.
            made_of = {column.name.lower() for column in one.find_all(exp.Column)}
            return None if name in made_of else one.alias
    return None


def _handed_on(select: exp.Select, tree: Tree, depth: int) -> tuple[str, ...] | None:
    """What makes the groups of the one relation that a select reads, by the names it gives them."""
    sources = sources_of(select)
    held = behind(tree, sources[0][0]) if len(sources) == 1 else None
    if not isinstance(held, exp.Expr) or select.args.get("laterals"):
        return None
    names = _of(held, tree, depth + 1)
    if not names:
        return names
    items = select.expressions
    stars = [one if isinstance(one, exp.Star) else one.this for one in items if is_star(one)]
    if any(any(star.args.values()) for star in stars):
        return None
    called = {
        one.unalias().name.lower(): one.alias_or_name
        for one in items
        if isinstance(one.unalias(), exp.Column) and not is_star(one)
    }
    if not stars and any(one.lower() not in called for one in names):
        return None
    return tuple(called.get(one.lower(), one) for one in names)


def _sums_up(item: exp.Expr, select: exp.Select) -> bool:
    """Whether it has an aggregate of the select itself, and not only in a window or a sub-query."""
    return any(
        one.find_ancestor(exp.Select, exp.Window) is select for one in item.find_all(exp.AggFunc)
    )


def _is_open(item: exp.Expr) -> bool:
    """Whether it may be several columns."""
    return is_star(item) or item.find(exp.Columns) is not None


def _is_constant(item: exp.Expr) -> bool:
    """Whether it is the same for all rows. A whole number in GROUP BY is a place."""
    place = isinstance(item, exp.Literal) and item.is_int
    return not place and item.find(exp.Column, exp.Select, exp.Star, exp.Columns) is None


def _name(item: exp.Expr) -> str:
    """What a column is called; empty when only the database knows."""
    return item.alias_or_name if isinstance(item, exp.Alias | exp.Column) else ""


def _is_same(one: exp.Expr, other: exp.Expr) -> bool:
    one, other = one.unnest(), other.unnest()
    if isinstance(one, exp.Column) and isinstance(other, exp.Column):
        tables = {one.table.lower(), other.table.lower()} - {""}
        return one.name.lower() == other.name.lower() and len(tables) <= 1
    return type(one) is type(other) and _in_lower_case(one) == _in_lower_case(other)


def _in_lower_case(one: exp.Expr) -> exp.Expr:
    def lower(part: exp.Expr) -> exp.Expr:
        return exp.to_identifier(part.name.lower()) if isinstance(part, exp.Identifier) else part

    return one.transform(lower)
