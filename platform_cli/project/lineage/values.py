"""What an expression is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import cast

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.dialects.duckdb import DuckDB

from platform_cli.project.lineage.marks import type_in
from platform_cli.project.lineage.scope import Scope, all_of
from platform_cli.project.lineage.shape import Rank, Shape, Value, together, unknown
from platform_cli.project.lineage.uses import Uses
from platform_cli.project.sql.tree import children

_CASTS = (exp.Cast, exp.TryCast)
Windows = dict[str, exp.Expr]


class Values:
    """Follows expressions; what queries inside of them hand on, `query` knows."""

    def __init__(
        self,
        uses: Uses,
        query: Callable[[exp.Expr, Scope], Shape],
        dialect: Dialect,
        shape_of: Callable[[str], Shape],
    ) -> None:
        self._uses = uses
        self._query = query
        self._dialect = dialect
        self.shape_of = shape_of
        """The columns of a resource."""
        self.windows: Windows = {}
        """The named windows of the select at hand."""

    def of(self, node: exp.Expr, scope: Scope) -> Value:
        """What the value of an expression is made of; each name in it is noted."""
        while isinstance(node, exp.Paren):
            node = cast("exp.Expr", node.this)
        if isinstance(node, exp.Column) and not isinstance(node.this, exp.Star):
            return self.column(node, scope)
        if isinstance(node, _CASTS):
            value = self.of(cast("exp.Expr", node.this), scope)
            type_ = type_in(node, self._dialect)
            return value._replace(rank=max(value.rank, Rank.CONVERTED), type=type_)
        return together(list(self._parts(node, scope)))

    def column(self, node: exp.Column, scope: Scope) -> Value:
        """What a column's name means."""
        parts = [part.name for part in node.parts]
        value = scope.column(parts[0]) if len(parts) == 1 else scope.named(parts)
        return self._uses.add(value)

    def note(self, nodes: Iterable[object], scope: Scope, clause: str) -> None:
        """Note the names in a clause."""
        with self._uses.within(clause):
            for node in nodes:
                if isinstance(node, exp.Expr):
                    for _ in self._parts(node, scope):
                        pass

    def _parts(self, node: exp.Expr, scope: Scope) -> Iterator[Value]:
        stack = [node]
        while stack:
            one = stack.pop()
            leaf = self._leaf(one, scope)
            if leaf is not None:
                yield from leaf
            else:
                stack += self._below(one)

    def _leaf(self, one: exp.Expr, scope: Scope) -> Iterable[Value] | None:
        """The values of what is not looked into part by part; None for the rest."""
        if isinstance(one, exp.Column):
            if not isinstance(one.this, exp.Star):
                return [self.column(one, scope)]
            source = scope.source(one.table)
            return [self._uses.add(all_of(source.shape))] if source else []
        if isinstance(one, exp.Query):
            return [self._of_query(one, scope)]
        if isinstance(one, exp.Lambda):
            bound = scope.within(part.name.lower() for part in one.expressions)
            return self._parts(cast("exp.Expr", one.this), bound)
        if isinstance(one, exp.Comprehension):
            return self._of_comprehension(one, scope)
        if isinstance(one, exp.Columns):
            return [self._uses.add(all_of(Shape(*scope.star())))]
        if isinstance(one, exp.Dot):
            return self._of_chain(one, scope)
        if isinstance(one, exp.PositionalColumn):
            return [self._uses.add(_at(int(one.name), scope))]
        if isinstance(one, exp.Placeholder | exp.Parameter):
            return [unknown(f"the value of {one.sql(dialect=self._dialect)} is not in the text")]
        return None

    def _of_chain(self, one: exp.Dot, scope: Scope) -> Iterator[Value]:
        """`x.upper().trim()`: what stands first is a name, or an expression; the rest are fields
        and functions. `shop.clean(x)` is a function of a schema, unless something is called shop.
        """
        rest: list[exp.Expr] = []
        first: exp.Expr = one
        while isinstance(first, exp.Dot):
            rest.insert(0, cast("exp.Expr", first.expression))
            first = cast("exp.Expr", first.this)
        while isinstance(first, exp.Paren):
            first = first.this
        if not isinstance(first, exp.Identifier):
            yield from self._parts(first, scope)
        else:
            fields = list(takewhile(lambda part: isinstance(part, exp.Identifier), rest))
            value = self._named([first.name, *(part.name for part in fields)], scope)
            if value is not None:
                yield self._uses.add(value)
        for part in rest:
            if not isinstance(part, exp.Identifier):
                yield from self._parts(part, scope)

    def _named(self, parts: list[str], scope: Scope) -> Value | None:
        if len(parts) > 1:
            return scope.named(parts)
        if self._chains or scope.lists(parts[0]):
            return scope.found(parts[0].lower(), parts[0])
        return None

    @property
    def _chains(self) -> bool:
        """Whether `x.upper()` is a function of x."""
        return isinstance(self._dialect, DuckDB)

    def _of_comprehension(self, one: exp.Comprehension, scope: Scope) -> Iterator[Value]:
        names = one.expression.find_all(exp.Identifier)
        bound = scope.within(part.name.lower() for part in names)
        yield from self._parts(one.args["iterator"], scope)
        for key in ("this", "condition"):
            if (inner := one.args.get(key)) is not None:
                yield from self._parts(inner, bound)

    def _below(self, one: exp.Expr) -> list[exp.Expr]:
        if isinstance(one, exp.PropertyEQ | exp.Kwarg):  # the other side is a name
            return [cast("exp.Expr", one.expression)]
        found = list(children(one))
        if isinstance(one, exp.Window) and one.args.get("alias") is not None:
            named = self.windows.get(one.args["alias"].name.lower())
            found += children(named) if named is not None else ()
        return found

    def _of_query(self, query: exp.Expr, scope: Scope) -> Value:
        """A query in an expression: its conditions decide on the value as its columns do."""
        with self._uses.tapped() as named:
            shape = self._query(query, scope)
        values = [item.value for item in shape.items] + named
        return together([*values, all_of(Shape((), shape.opens))] if shape.opens else values)


def _at(place: int, scope: Scope) -> Value:
    """`#2`: the second column of all that is read."""
    items, opens = scope.star()
    if opens or not 0 < place <= len(items):
        return unknown(f"which column is number {place} is not listed")
    return items[place - 1].value
