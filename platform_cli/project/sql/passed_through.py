"""Which column of which resource a column of a query is, when the query only passes it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlglot import exp

from platform_cli.project.sql.origin import Origin
from platform_cli.project.sql.tree import Tree, resource_of, sources_of

_DEEPEST = 50

Has = Callable[[str, str], bool | None]
"""Whether a resource (by unique id) has a column (in lower case); None when that is not known."""


class PassedThrough:
    """Follows the columns of one query through its CTEs, aliases and stars."""

    def __init__(self, tree: Tree, has: Has) -> None:
        self._tree = tree
        self._has = has
        self._depth = 0

    def origin(self, name: str) -> Origin | None:
        """Where the column comes from; None when it is computed, or when it is not certain."""
        if len(self._tree.statements) != 1:
            return None
        return self._of_query(self._tree.statements[0], name.lower())

    def _of_query(self, query: exp.Expr, name: str) -> Origin | None:
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                return None
            if isinstance(query, exp.Subquery | exp.Paren) and not query.args.get("pivots"):
                return self._of_query(cast("exp.Expr", query.this), name)
            return self._of_select(query, name) if isinstance(query, exp.Select) else None
        finally:
            self._depth -= 1

    def _of_select(self, select: exp.Select, name: str) -> Origin | None:
        named = [one for one in select.expressions if one.alias_or_name.lower() == name]
        stars = [one for one in select.expressions if is_star(one)]
        if len(named) == 1:
            inner = named[0].this if isinstance(named[0], exp.Alias) else named[0]
            plain = type(inner) is exp.Column and inner.args.get("db") is None
            return self._resolved(select, inner.table, inner.name) if plain else None
        if named or len(stars) != 1:
            return None
        star = stars[0].this if isinstance(stars[0], exp.Column) else stars[0]
        if any(star.args.values()):
            return None
        return self._resolved(select, getattr(stars[0], "table", ""), name)

    def _resolved(self, select: exp.Select, table: str, name: str) -> Origin | None:
        """The column of what the select reads: of `table`, or of the only one that has it."""
        sources = [source for source, _ in sources_of(select)]
        if table:
            sources = [one for one in sources if one.alias_or_name.lower() == table.lower()]
        elif len(sources) > 1:
            answers = [self._source_has(one, name.lower()) for one in sources]
            if None in answers:
                return None
            sources = [one for one, has in zip(sources, answers, strict=True) if has]
        return self._of_source(sources[0], name.lower()) if len(sources) == 1 else None

    def _of_source(self, source: exp.Expr, name: str) -> Origin | None:
        found = behind(self._tree, source)
        if isinstance(found, str):
            return Origin(found, name)
        return self._of_query(found, name) if found is not None else None

    def _source_has(self, source: exp.Expr, name: str) -> bool | None:
        if isinstance(source, exp.Table) and (unique_id := resource_of(source)) is not None:
            return self._has(unique_id, name)
        query: exp.Expr | None = source
        if isinstance(source, exp.Table):
            query = self._tree.cte(source)
        select = query.this if query is not None else None
        if not isinstance(select, exp.Select):
            return None
        if any(one.alias_or_name.lower() == name for one in select.expressions):
            return True
        if not any(map(is_star, select.expressions)):
            return False
        inner = [self._source_has(one, name) for one, _ in sources_of(select)]
        return inner[0] if len(inner) == 1 else None


def behind(tree: Tree, source: exp.Expr) -> str | exp.Expr | None:
    """What a source has its columns from, under their names: a resource, by its unique id, or a
    query; None for one that renames them, or that nobody knows.
    """
    if source.args.get("pivots") or renames_columns(source):
        return None
    if isinstance(source, exp.Subquery):
        return source
    if not isinstance(source, exp.Table):
        return None
    unique_id = resource_of(source)
    if unique_id is not None:
        return unique_id
    cte = tree.cte(source)
    return None if cte is None or renames_columns(cte) else cast("exp.Expr", cte.this)


def is_star(item: exp.Expr) -> bool:
    """Whether an item of a select list is `*` or `t.*`."""
    return isinstance(item, exp.Star) or (
        isinstance(item, exp.Column) and isinstance(item.this, exp.Star)
    )


def renames_columns(source: exp.Expr) -> bool:
    """Whether its alias lists columns, as in `t(a, b)`."""
    alias = source.args.get("alias")
    return isinstance(alias, exp.TableAlias) and bool(alias.columns)
