"""Whether a column of a CTE or a subquery is only compared with, or becomes a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from platform_cli.project.sql.clause import part_and_column
from platform_cli.project.sql.tree import sources_of

if TYPE_CHECKING:
    from platform_cli.project.sql.tree import Tree


def only_compared(tree: Tree, index: int) -> bool:
    """Whether the token at `index` is part of a column, of a CTE or of a subquery in FROM, that no
    select list makes a value of. Another such part may hand it on, for which the same has to hold.

    By the name of the column: one of the same name elsewhere counts as it, and so does a star.
    """
    found = part_and_column(tree.tokens, index)
    return found is not None and _only_compared(tree, *found, set())


def _only_compared(tree: Tree, name: str, column: str, seen: set[tuple[str, str]]) -> bool:
    if (name, column) in seen:
        return True
    seen.add((name, column))
    parts = [one for one in tree.of(exp.CTE, exp.Subquery) if one.alias.lower() == name]
    if len(parts) != 1 or not isinstance(parts[0].this, exp.Select):
        return False
    if any(_passes_on_all(select, name) for select in tree.of(exp.Select)):
        return False
    uses = [one for one in tree.of(exp.Column) if one.name.lower() == column]
    return bool(uses) and all(_is_no_value(tree, one, seen) for one in uses)


def _passes_on_all(select: exp.Select, name: str) -> bool:
    """Whether a star of a select has all columns of the part."""
    read = {
        source.alias_or_name.lower()
        for source, _ in sources_of(select)
        if name == (source.name if isinstance(source, exp.Table) else source.alias).lower()
    }
    return bool(read) and any(
        isinstance(one, exp.Star)
        or (isinstance(one, exp.Column) and one.is_star and one.table.lower() in read)
        for one in select.expressions
    )


def _is_no_value(tree: Tree, column: exp.Column, seen: set[tuple[str, str]]) -> bool:
    """Whether the nearest select has it in a condition, or hands it on to be compared with."""
    node: exp.Expr = column
    while (parent := node.parent) is not None:
        if isinstance(parent, exp.Select):
            return node.arg_key != "expressions" or _is_handed_on(tree, parent, node, column, seen)
        node = parent
    return False


def _is_handed_on(
    tree: Tree, select: exp.Select, value: exp.Expr, column: exp.Column, seen: set[tuple[str, str]]
) -> bool:
    """Whether a part selects it as it is, and it is only compared with from there on."""
    part = select.parent
    is_part = isinstance(part, exp.CTE) or (
        isinstance(part, exp.Subquery) and isinstance(part.parent, exp.From | exp.Join)
    )
    as_it_is = value is column or (isinstance(value, exp.Alias) and value.this is column)
    if part is None or not is_part or not part.alias or not as_it_is:
        return False
    return _only_compared(tree, part.alias.lower(), value.alias_or_name.lower(), seen)
