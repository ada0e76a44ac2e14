"""Whether a column of a CTE is only compared with, or handed on as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from platform_cli.project.sql.clause import cte_column
from platform_cli.project.sql.tree import sources_of

if TYPE_CHECKING:
    from platform_cli.project.sql.tree import Tree


def only_compared(tree: Tree, index: int) -> bool:
    """Whether the token at `index` is part of a CTE's column that no select list has.

    By the name of the column: one of the same name elsewhere counts as it, and so does a star.
    """
    found = cte_column(tree.tokens, index)
    if found is None:
        return False
    name, column = found
    ctes = [one for one in tree.of(exp.CTE) if one.alias.lower() == name]
    if len(ctes) != 1 or not isinstance(ctes[0].this, exp.Select):
        return False
    if any(_passes_on_all(select, name) for select in tree.of(exp.Select)):
        return False
    uses = [one for one in tree.of(exp.Column) if one.name.lower() == column]
    return bool(uses) and not any(map(_is_selected, uses))


def _passes_on_all(select: exp.Select, name: str) -> bool:
    """Whether a select has a star and reads the CTE."""
    return any(
        isinstance(source, exp.Table) and source.name.lower() == name
        for source, _ in sources_of(select)
    ) and any(
        isinstance(one, exp.Star) or isinstance(one.this, exp.Star) for one in select.expressions
    )


def _is_selected(column: exp.Column) -> bool:
    """Whether the nearest select has it in its list."""
    node: exp.Expr = column
    while (parent := node.parent) is not None:
        if isinstance(parent, exp.Select):
            return node.arg_key == "expressions"
        node = parent
    return True
