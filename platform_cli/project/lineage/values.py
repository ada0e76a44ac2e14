"""What an expression is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from sqlglot import exp

from platform_cli.project.lineage.scope import Scope, all_of
from platform_cli.project.lineage.shape import Rank, Shape, Value, together
from platform_cli.project.lineage.uses import Uses
from platform_cli.project.sql.tree import children

_CASTS = (exp.Cast, exp.TryCast)
Windows = dict[str, exp.Expr]


class Values:
    """Follows expressions; what queries inside of them hand on, `query` knows."""

    def __init__(self, uses: Uses, query: Callable[[exp.Expr, Scope], Shape]) -> None:
        self._uses = uses
        self._query = query
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
            type_ = node.args["to"].sql(dialect="duckdb")
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
        return None

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
