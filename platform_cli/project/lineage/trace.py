"""What each column of a query is made of, CTE by CTE, select by select."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlglot import exp

from platform_cli.project.lineage.relations import Relations, column_aliases, renamed
from platform_cli.project.lineage.scope import Scope, Source
from platform_cli.project.lineage.select_list import select_list
from platform_cli.project.lineage.shape import Item, Open, Shape, together
from platform_cli.project.lineage.unions import united
from platform_cli.project.lineage.uses import Uses
from platform_cli.project.lineage.values import Values
from platform_cli.project.sql.tree import Tree, dialect_of

Ctes = dict[str, Shape]
_MOST_TURNS = 10
_DEEPEST = 80
_CLAUSES = (
    ("where", "where"),
    ("group", "group by"),
    ("having", "having"),
    ("qualify", "qualify"),
    ("distinct", "select"),
    ("order", "order by"),
    ("limit", "limit"),
)
_FILTERING_JOINS = frozenset({"SEMI", "ANTI"})


class Trace:
    """The columns of the statements of one text; `shape_of` knows those of resources."""

    def __init__(self, shape_of: Callable[[str], Shape], adapter: str) -> None:
        self.uses = Uses()
        self._values = Values(self.uses, self._inner, dialect_of(adapter), shape_of)
        self._relations = Relations(shape_of, self._values)
        self._ctes: Ctes = {}
        self._depth = 0

    def columns(self, tree: Tree) -> Shape:
        """What the first statement hands on; the names in it are in `uses` then."""
        if not tree.statements:
            return Shape(())
        return self._query(tree.statements[0], None).read()

    def _inner(self, query: exp.Expr, scope: Scope) -> Shape:
        before, windows = self._ctes, self._values.windows
        try:
            return self._query(query, scope)
        finally:
            self._ctes, self._values.windows = before, windows

    def _query(self, query: exp.Expr, outer: Scope | None) -> Shape:
        before = self._ctes
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                return Shape((), [Open("", "its SQL is nested too deeply")])
            self._with(query, outer)
            return self._of(query, outer)
        finally:
            self._depth -= 1
            self._ctes = before

    def _with(self, query: exp.Expr, outer: Scope | None) -> None:
        with_ = query.args.get("with_")
        if with_ is None:
            return
        for cte in with_.expressions:
            name, body = cte.alias.lower(), cast("exp.Expr", cte.this)
            names = column_aliases(cte)
            if with_.args.get("recursive") and isinstance(body, exp.SetOperation):
                shape = self._recursive(name, names, body, outer)
            else:
                shape = renamed(self._query(body, outer).read(), names)
            self._ctes = {**self._ctes, name: shape}

    def _recursive(
        self, name: str, names: list[str], body: exp.SetOperation, outer: Scope | None
    ) -> Shape:
        """Once more until a turn adds nothing."""
        shape = renamed(self._query(cast("exp.Expr", body.this), outer).read(), names)
        before = self._ctes
        for _ in range(_MOST_TURNS):
            self._ctes = {**before, name: shape}
            turn = renamed(self._query(body, outer).read(), names)
            if turn.items == shape.items and turn.opens == shape.opens:
                break
            shape = turn
        self._ctes = before
        return shape

    def _of(self, query: exp.Expr, outer: Scope | None) -> Shape:
        if isinstance(query, exp.Select):
            return self._select(query, outer)
        if isinstance(query, exp.SetOperation):
            shape = self._united(query, outer)
            self._ordered(query, shape, outer)
            return shape
        if isinstance(query, exp.Subquery | exp.Paren):
            scope = Scope(outer)
            shape = self._relation(query, scope)
            self._ordered(query, shape, outer)
            return shape
        return self._relation(query, Scope(outer))

    def _united(self, query: exp.SetOperation, outer: Scope | None) -> Shape:
        """One side after the other: each union of a hundred tables holds all those before it."""
        chain = [query]
        while isinstance(inner := chain[-1].this, exp.SetOperation) and not (
            inner.args.get("with_") or inner.args.get("order")
        ):
            chain.append(inner)
        shape = self._query(cast("exp.Expr", chain[-1].this), outer).read()
        for one in reversed(chain):
            right = self._query(cast("exp.Expr", one.expression), outer).read()
            shape = united(one, shape.read(), right, self.uses)
        return shape

    def _ordered(self, query: exp.Expr, shape: Shape, outer: Scope | None) -> None:
        scope = Scope(outer)
        scope.sources.append(Source("", shape))
        self._values.note([query.args.get("order")], scope, "order by")

    def _select(self, select: exp.Select, outer: Scope | None) -> Shape:
        scope = self._scope(select, outer)
        windows = select.args.get("windows") or ()
        self._values.windows = {one.name.lower(): one for one in windows}
        shape = select_list(select, scope, self._values, self.uses)
        for key, clause in _CLAUSES:
            self._values.note([select.args.get(key)], scope, clause)
        self._values.note(windows, scope, "select")
        return shape

    def _scope(self, select: exp.Select, outer: Scope | None) -> Scope:
        scope = Scope(outer)
        first = select.args.get("from_")
        if first is not None:
            self._add(cast("exp.Expr", first.this), None, scope)
        for join in select.args.get("joins") or ():
            self._add(cast("exp.Expr", join.this), join, scope)
        for lateral in select.args.get("laterals") or ():
            self._add(lateral, None, scope)
        return scope

    def _add(self, node: exp.Expr, join: exp.Join | None, scope: Scope) -> None:
        windows = self._values.windows
        source = Source(node.alias_or_name.lower(), self._relation(node, scope).read())
        self._values.windows = windows
        if join is None:
            scope.sources.append(source)
        else:
            self._join(join, source, scope)
        for inner in node.args.get("joins") or () if isinstance(node, exp.Table) else ():
            self._add(cast("exp.Expr", inner.this), inner, scope)

    def _join(self, join: exp.Join, source: Source, scope: Scope) -> None:
        names = [one.name for one in join.args.get("using") or ()]
        if join.method == "NATURAL":
            items, opens = scope.star()
            if opens or source.shape.opens:
                why = "nobody lists the columns that a natural join has in common"
                source = Source(source.alias, Shape((), [Open("", why)]))
            else:
                names = [
                    one.name for one in items if one.name and source.shape.listed(one.name.lower())
                ]
        for name in names:
            for value in scope.merge(name, source, str(join.side)):
                self.uses.add(value, "join")
        scope.sources.append(source)
        self._values.note([join.args.get("on"), join.args.get("match_condition")], scope, "join")
        if join.kind in _FILTERING_JOINS or join.side in _FILTERING_JOINS:
            scope.sources.remove(source)

    def _relation(self, node: exp.Expr, scope: Scope) -> Shape:
        """What stands behind FROM or JOIN; it sees what stands before it."""
        shape = self._unpivoted(node, scope)
        for pivot in node.args.get("pivots") or ():
            shape = self._relations.pivoted(pivot, shape)
        return renamed(shape, column_aliases(node))

    def _unpivoted(self, node: exp.Expr, scope: Scope) -> Shape:
        if isinstance(node, exp.Lateral) and isinstance(node.this, exp.Query):
            node = node.this
        if isinstance(node, exp.Subquery | exp.Paren):
            inner = cast("exp.Expr", node.this)
            if isinstance(inner, exp.Table) and inner.args.get("joins"):
                joined = Scope(scope)
                self._add(inner, None, joined)
                return Shape(*joined.star())
            if isinstance(inner, exp.Table):
                return self._relation(inner, scope)
            return self._inner(inner, scope)
        if isinstance(node, exp.Query):
            return self._inner(node, scope)
        if isinstance(node, exp.Pivot):
            base = self._relation(cast("exp.Expr", node.this), scope)
            return self._relations.pivoted(node, base)
        if isinstance(node, exp.Values):
            return self._of_values(node, scope)
        if isinstance(node, exp.Table) and node.args.get("db") is None:
            cte = self._ctes.get(node.name.lower()) if node.this else None
            if cte is not None and isinstance(node.this, exp.Identifier):
                return cte
        return self._relations.of(node, scope)

    def _of_values(self, node: exp.Values, scope: Scope) -> Shape:
        rows = [
            [self._values.of(one, scope) for one in row.expressions]
            for row in node.expressions
            if isinstance(row, exp.Tuple)
        ]
        columns = [together(list(column)) for column in zip(*rows, strict=False)]
        return Shape([Item(f"col{number}", value) for number, value in enumerate(columns)])
