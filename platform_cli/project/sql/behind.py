"""What stands behind a name in FROM."""

from __future__ import annotations

from typing import cast

from sqlglot import exp

from platform_cli.project.sql.tree import Tree, resource_of


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
