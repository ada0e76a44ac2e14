"""The final select list: its names, and the stars that pass on what nobody wrote down."""

from __future__ import annotations

from typing import NamedTuple, cast

from sqlglot import exp

from platform_cli.project.sql.positions import SqlSpan
from platform_cli.project.sql.query import ANY
from platform_cli.project.sql.tree import Tree, resource_of, sources_of

_DEEPEST = 200
_NOT_JOINED = frozenset({"SEMI", "ANTI"})


class _Item(NamedTuple):
    """One entry of a select list: a name, or all columns of a relation, or neither is known.

    `star` is what a person would have to write out; None while no select but an import has it.
    """

    name: str | None = None
    relation: str | None = None
    """Of all columns: the unique id of a resource, or the name of something else."""
    is_resource: bool = False
    star: SqlSpan | None = None


_UNKNOWN = _Item()


def final_columns(tree: Tree) -> tuple[tuple[str, ...] | None, list[SqlSpan]]:
    """The names of the last select list, None when unknown, and its open stars.

    A CTE that is nothing but `select * from` a relation imports it, as dbt recommends: what
    counts is the select that reads it.
    """
    if len(tree.statements) != 1:
        return None, []
    items = _Columns(tree).of(tree.statements[0], top=True)
    names: list[str] = []
    known = bool(items)
    for item in items:
        if item.name is not None:
            names.append(item.name)
        elif item.is_resource and item.relation:
            names.append(ANY + item.relation)
        else:
            known = False
    stars = [item.star for item in items if item.star is not None and item.star.exact]
    return (tuple(names) if known else None), stars


class Arity:
    """How many columns the two sides of a set operation have."""

    def __init__(self, tree: Tree) -> None:
        self._columns = _Columns(tree)

    def of(self, query: exp.Expr) -> int | None:
        """The number of columns, None when it is unknown."""
        items = self._columns.of(query)
        if not items or any(item.name is None and item is not _UNNAMED for item in items):
            return None
        return len(items)


_UNNAMED = _Item(relation="")
"""A column whose name is up to the database."""


class _Columns:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._of_ctes: dict[int, list[_Item]] = {}
        self._of_sets: dict[int, list[_Item]] = {}
        self._depth = 0
        self._cut = 0
        """How often it ended at a select nested too deeply, or one in itself: another way there
        may tell more."""

    def of(self, query: exp.Expr, *, top: bool = False) -> list[_Item]:
        """The select list of a query; one unknown item when it cannot be told."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                self._cut += 1
                return [_UNKNOWN]
            if isinstance(query, exp.Subquery | exp.Paren):
                if query.args.get("pivots"):
                    return [_UNKNOWN]
                return self.of(cast("exp.Expr", query.this), top=top)
            if isinstance(query, exp.SetOperation):
                return self._of_set(query, top=top)
            if isinstance(query, exp.Select):
                return self._of_select(query, top=top)
            return [_UNKNOWN]
        finally:
            self._depth -= 1

    def _of_set(self, query: exp.SetOperation, *, top: bool) -> list[_Item]:
        """Worked out once: each union of a hundred tables holds all those before it.

        And not by recursion: of a thousand selects each union is the left side of the next.
        """
        unions = [query]
        known = {} if top else self._of_sets
        while isinstance(unions[-1].this, exp.SetOperation) and id(unions[-1]) not in known:
            unions.append(unions[-1].this)
        cut = self._cut
        found = known.get(id(unions[-1]))
        if found is None:
            found = self.of(cast("exp.Expr", unions[-1].this), top=top)
        else:
            unions.pop()
        for union in reversed(unions):
            found = found + self._right(union, found, top=top)
            if cut == self._cut:
                known[id(union)] = found
        return found

    def _right(self, union: exp.SetOperation, left: list[_Item], *, top: bool) -> list[_Item]:
        """What the right side adds to the select list of the left one."""
        right = self.of(cast("exp.Expr", union.expression), top=top)
        if union.args.get("by_name"):
            known = {item.name.lower() for item in left if item.name}
            return [one for one in right if not one.name or one.name.lower() not in known]
        # The names are those of the left side; a star on the right is open all the same.
        return [one for one in right if one.star is not None and one not in left]

    def _of_select(self, select: exp.Select, *, top: bool) -> list[_Item]:
        sources = sources_of(select)
        imports = not top and _imports(select, sources)
        merged = {
            name.name.lower()
            for _, join in sources
            if join is not None
            for name in join.args.get("using") or ()
        }
        natural = any(join is not None and join.method == "NATURAL" for _, join in sources)
        found: list[_Item] = []
        for one in select.expressions:
            star = one if isinstance(one, exp.Star) else one.this
            if isinstance(one, exp.Alias):
                found.append(_Item(one.alias))
            elif not isinstance(star, exp.Star) or not isinstance(one, exp.Star | exp.Column):
                found.append(_Item(one.name) if type(one) is exp.Column else _UNNAMED)
            elif isinstance(one, exp.Star):
                items = self._all(sources, star, select, merged, imports=imports)
                found += [_UNKNOWN] if natural else items
            else:
                table = one.table.lower()
                only = [(source, join) for source, join in sources if _alias(source) == table]
                if len(only) != 1 or one.args.get("db") is not None:
                    found.append(_UNKNOWN)  # all parts of a struct, or of a relation in full
                else:
                    found += self._all(only, star, select, set(), imports=imports)
        return found

    def _all(
        self,
        sources: list[tuple[exp.Expr, exp.Join | None]],
        star: exp.Star,
        select: exp.Select,
        merged: set[str],
        *,
        imports: bool,
    ) -> list[_Item]:
        """What a star stands for."""
        tree = self._tree
        found: list[_Item] = []
        for source, join in sources:
            if join is not None and (join.kind in _NOT_JOINED or join.side in _NOT_JOINED):
                continue
            for item in self._of_source(source):
                if item.name is not None and item.name.lower() in merged and join is not None:
                    continue
                if item.relation and item.star is None and not imports:
                    span = tree.span_of(item.relation, f"{tree.home(select)}star", star)
                    item = item._replace(star=span)
                found.append(item)
        return _changed(found, star)

    def _of_source(self, source: exp.Expr) -> list[_Item]:
        if source.args.get("pivots"):
            return [_UNKNOWN]
        if isinstance(source, exp.Subquery):
            named = _column_aliases(source)
            return named or self.of(source)
        if isinstance(source, exp.Table):
            unique_id = resource_of(source)
            if unique_id is not None:
                return [_Item(relation=unique_id, is_resource=True)]
            cte = self._tree.cte(source)
            if cte is not None:
                return self._of_cte(cte)
            if named := _column_aliases(source):
                return named
            if isinstance(source.this, exp.Identifier):
                return [_Item(relation=source.name)]
        return _column_aliases(source) or [_UNKNOWN]

    def _of_cte(self, cte: exp.CTE) -> list[_Item]:
        if id(cte) not in self._of_ctes:
            self._of_ctes[id(cte)] = [_UNKNOWN]  # of one that reads itself
            named = _column_aliases(cte)
            self._of_ctes[id(cte)] = named or self.of(cast("exp.Expr", cte.this))
        elif self._of_ctes[id(cte)] == [_UNKNOWN]:
            self._cut += 1
        return self._of_ctes[id(cte)]


def _imports(select: exp.Select, sources: list[tuple[exp.Expr, exp.Join | None]]) -> bool:
    """Whether a select hands on one relation as it is."""
    if len(sources) != 1 or len(select.expressions) != 1:
        return False
    star = select.expressions[0]
    plain = isinstance(star, exp.Star) and not any(star.args.values())
    return plain or (isinstance(star, exp.Column) and isinstance(star.this, exp.Star))


def _changed(items: list[_Item], star: exp.Star) -> list[_Item]:
    """The items behind `* exclude`, `* replace` and `* rename`."""
    if not any(star.args.values()):
        return items
    if star.args.get("ilike"):
        return [_UNKNOWN, *(item for item in items if item.star is not None)]
    left_out = {one.name.lower() for one in star.args.get("except_") or ()}
    renamed = {one.this.name.lower(): one.alias for one in star.args.get("rename") or ()}
    found = []
    for item in items:
        if item.name is None:
            changed = left_out or renamed
            found.append(item._replace(is_resource=False) if changed else item)
        elif item.name.lower() not in left_out:
            found.append(item._replace(name=renamed.get(item.name.lower(), item.name)))
    return found


def _alias(source: exp.Expr) -> str:
    return source.alias_or_name.lower()


def _column_aliases(node: exp.Expr) -> list[_Item]:
    """The names in `as t(a, b)`."""
    alias = node.args.get("alias")
    columns = alias.args.get("columns") if isinstance(alias, exp.TableAlias) else None
    return [_Item(one.name) for one in columns or ()]
