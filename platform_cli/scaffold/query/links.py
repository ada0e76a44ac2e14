"""Which columns of what a query reads its joins compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from platform_cli.project.sql.tree import Tree

_BOTH = 2


@dataclass(frozen=True, slots=True)
class End:
    """One side of a join: the word for what is read, and its column."""

    parent: str
    column: str


@dataclass(frozen=True, slots=True)
class JoinedOn:
    """Two columns that are compared where two relations are joined."""

    left: End
    right: End


def links(tree: Tree, read: dict[str, str]) -> Iterator[JoinedOn]:
    """The columns that are compared, of what is read; through CTEs that only import it.

    `read` are the words for `--from` by alias, in lower case.
    """
    known = read | _imports(tree, read)
    for same in tree.of(exp.EQ):
        sides = [one for one in (same.this, same.expression) if isinstance(one, exp.Column)]
        tables = [one.table.lower() for one in sides]
        if len(sides) == _BOTH and all(one in known for one in tables):
            left, right = (
                End(known[table], one.name) for table, one in zip(tables, sides, strict=True)
            )
            if left.parent != right.parent:
                yield JoinedOn(left, right)
    for join in tree.of(exp.Join):
        yield from _using(join, known)


def _using(join: exp.Join, known: dict[str, str]) -> Iterator[JoinedOn]:
    first = join.parent.args.get("from_") if join.parent is not None else None
    if first is None:
        return
    names = [one.alias_or_name.lower() for one in (first.this, join.this)]
    if all(one in known for one in names):
        for column in join.args.get("using") or ():
            left, right = (End(known[one], column.name) for one in names)
            yield JoinedOn(left, right)


def _imports(tree: Tree, read: dict[str, str]) -> dict[str, str]:
    found = {}
    for cte in tree.of(exp.CTE):
        select = cte.this
        if isinstance(select, exp.Select) and not select.args.get("joins"):
            first = select.args.get("from_")
            name = first.this.alias_or_name.lower() if first is not None else ""
            if name in read:
                found[cte.alias.lower()] = read[name]
    return found
