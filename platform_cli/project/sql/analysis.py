"""From rendered SQL to the facts about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from platform_cli.project.sql import calls, joins, parts
from platform_cli.project.sql.columns import final_columns
from platform_cli.project.sql.groups import grouped_by
from platform_cli.project.sql.made_of import made_of
from platform_cli.project.sql.query import Query
from platform_cli.project.sql.tree import Tree, numbered

if TYPE_CHECKING:
    from platform_cli.project.sql.positions import Rendered, SqlSpan


def analysed(
    rendered: Iterable[Rendered], adapter: str, *, snapshot: bool = False, origins: bool = False
) -> Query:
    """The facts of a node's SQL: of its first text, and of its incremental one if there is one.

    What its columns are made of (`passed`, `computed`) only with `origins`: that takes long.

    Raises Unknown for SQL that is not understood.
    """
    trees = [Tree(one, adapter) for one in rendered]
    if not trees or not trees[0].statements:
        return Query(passed=())
    columns, stars = final_columns(trees[0])
    passed, computed = made_of(trees[0], columns or ()) if origins else (None, ())

    def everywhere(find: Callable[[Tree], Iterator[SqlSpan]]) -> tuple[SqlSpan, ...]:
        return numbered(chain.from_iterable(map(find, trees)))

    def by_hand(find: Callable[[Tree], Iterator[SqlSpan]]) -> tuple[SqlSpan, ...]:
        return numbered(one for one in chain.from_iterable(map(find, trees)) if one.exact)

    reads = everywhere(parts.reads)
    of_history = any(one.name.startswith("snapshot.") for one in reads)
    return Query(
        columns=columns,
        stars=numbered(stars),
        reads=reads,
        relations=by_hand(parts.relations),
        volatile=everywhere(calls.volatile),
        choosing=numbered(calls.choosing(trees[0])),
        unordered=by_hand(calls.unordered),
        joins=by_hand(joins.joins),
        undone=by_hand(joins.undone),
        multiplied=by_hand(joins.multiplied),
        unions=by_hand(parts.unions),
        clauses=by_hand(parts.clauses) if snapshot else (),
        changes=by_hand(parts.changes),
        filtered=tuple(sorted(set().union(*map(parts.filtered, trees)))),
        mentioned=tuple(sorted(set().union(*map(parts.mentioned, trees)))) if of_history else (),
        incremental=_has_more(trees),
        passed=passed,
        computed=computed,
        one_row=all(grouped_by(tree) == () for tree in trees),
    )


def _has_more(trees: list[Tree]) -> bool | None:
    if len(trees) == 1:
        return None
    return parts.conditions(trees[0]) != parts.conditions(trees[1])
