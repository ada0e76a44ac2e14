"""From the text of a node to what is known of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from platform_cli.project.lineage.declared import added_to_history, declared_type
from platform_cli.project.lineage.made import (
    ColumnUse,
    How,
    MadeColumn,
    MadeColumns,
    OpenStar,
)
from platform_cli.project.lineage.marks import refuse_marks
from platform_cli.project.lineage.shape import (
    CONSTANT,
    Item,
    Open,
    Rank,
    Shape,
    Value,
    either,
    unknown,
)
from platform_cli.project.lineage.trace import Trace
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.sql.kept import without_placeholders
from platform_cli.project.sql.origin import Origin
from platform_cli.project.sql.tree import Tree

if TYPE_CHECKING:
    from platform_cli.project.sql.positions import Rendered

MadeOf = Callable[[str], MadeColumns | None]


def analysed(
    rendered: Iterable[Rendered], adapter: str, made_of: MadeOf, node: Model | Snapshot
) -> MadeColumns:
    """The columns of a node's first text, with the values that each run has; what all its texts
    name of its parents. `made_of` knows the columns of resources by unique id.

    Raises Unknown for SQL that is not understood.
    """
    own = node.unique_id
    trees = [_tree(one, adapter) for one in rendered]
    traced = [_traced(tree, adapter, made_of, own) for tree in trees]
    if not traced:
        return MadeColumns()
    shape = traced[0][1]
    for _, other in traced[1:]:
        shape = _on_each_run(shape, other, own)
    uses = [use for trace, _ in traced for use in trace.uses.all(but=own)]
    if isinstance(node, Snapshot):
        uses += _settings(node, shape)
        shape = _with_history(node, shape)
    shape = _with_declared(node, shape)
    columns = tuple(_made(node, item) for item in shape.items)
    stars = (
        OpenStar(one.unique_id, one.why, tuple(sorted(one.hidden)), tuple(sorted(one.maybe)))
        for one in shape.opens
    )
    guessed = next((tree.rendered.guessed for tree in trees if tree.rendered.guessed), None)
    return MadeColumns(
        columns, tuple(stars), _joined(uses), unread=_unread(guessed[0]) if guessed else ""
    )


def _tree(rendered: Rendered, adapter: str) -> Tree:
    tree = Tree(rendered, adapter)
    refuse_marks(tree)
    return tree


def _unread(reason: str) -> str:
    return f"a condition in its SQL is not known: {without_placeholders(reason)}"


def _on_each_run(first: Shape, other: Shape, own: str) -> Shape:
    """The columns of a first run, whose values come from elsewhere on an incremental one, too."""
    items = []
    for item in first.items:
        again = _named(other, item.name) if item.name is not None else None
        value = item.value if again is None else _either_run(item.value, again, own)
        items.append(Item(item.name, value))
    return Shape(items, first.opens)


def _named(shape: Shape, name: str) -> Value | None:
    key = name.lower()
    behind = shape.behind_stars(key, name)
    return shape.listed(key) or (either(behind, name) if behind else None)


def _either_run(first: Value, again: Value, own: str) -> Value:
    if first.rank is Rank.UNKNOWN:
        return unknown(first.why, first.of | again.of)
    if again.rank is Rank.UNKNOWN:
        return unknown(f"on an incremental run: {again.why}", first.of | again.of)
    of = first.of | {one for one in again.of if one.unique_id != own}
    if of == first.of:
        return first._replace(rank=max(first.rank, again.rank))
    return Value(of, max(first.rank, again.rank), first.type if first.type == again.type else None)


def shape_of(unique_id: str, made: MadeColumns | None) -> Shape:
    """What a resource hands to whoever reads it."""
    if made is None:
        return Shape((), [Open(unique_id, f"nothing is known of {unique_id}")])
    items = [
        Item(
            one.name or None, Value(frozenset({Origin(unique_id, one.name)}), Rank.PASSED, one.type)
        )
        for one in made.columns
    ]
    if made.complete:
        return Shape(items)
    hidden = [frozenset(one.hidden) for one in made.open] or [frozenset[str]()]
    return Shape(items, [Open(unique_id, made.why_incomplete, frozenset.intersection(*hidden))])


def _traced(tree: Tree, adapter: str, made_of: MadeOf, own: str) -> tuple[Trace, Shape]:
    def known(unique_id: str) -> Shape:
        if unique_id == own:  # the table as it was before this run
            return Shape((), [Open(own, "it reads itself")])
        return shape_of(unique_id, made_of(unique_id))

    trace = Trace(known, adapter)
    return trace, trace.columns(tree)


def _with_history(node: Snapshot, shape: Shape) -> Shape:
    updated = str(node.config.get("updated_at") or "").lower()
    value = shape.listed(updated) if updated else None
    added = value._replace(rank=Rank.COMPUTED) if value else CONSTANT
    return Shape(
        [*shape.items, *(Item(name, added) for name in added_to_history(node))], shape.opens
    )


def _settings(node: Snapshot, shape: Shape) -> Iterator[ColumnUse]:
    """The columns that a snapshot's settings name, by where they come from."""
    for key in ("unique_key", "updated_at", "check_cols"):
        named = node.config.get(key)
        for name in named if isinstance(named, list | tuple) else [named]:
            lower = str(name).lower()
            values = [shape.listed(lower)] if shape.listed(lower) else []
            for value in values or shape.behind_stars(lower, str(name)) if name != "all" else ():
                if value is not None:
                    for unique_id, column in value.of:
                        yield ColumnUse(unique_id, column, ("snapshot",), len(value.of) == 1)


def _with_declared(node: Model | Snapshot, shape: Shape) -> Shape:
    """With the columns that a star must pass on, because a properties file declares them."""
    if not shape.opens:
        return shape
    more = []
    for column in node.columns.values():
        key = column.name.lower()
        if shape.listed(key) is None:
            more += [Item(column.name, one) for one in shape.behind_stars(key, column.name)[:1]]
    return Shape([*shape.items, *more], shape.opens)


def _made(node: Model | Snapshot, item: Item) -> MadeColumn:
    name, value = item.name or "", item.value
    of = tuple(sorted(value.of))
    type_ = declared_type(node, name) or value.type
    return MadeColumn(name, _how(name, value), of, type_, value.why)


def _how(name: str, value: Value) -> How:
    if value.rank is Rank.PASSED:
        same = all(one.column.lower() == name.lower() for one in value.of)
        return "unchanged" if same else "renamed"
    return _HOW[value.rank]


_HOW: dict[Rank, How] = {
    Rank.CONVERTED: "converted",
    Rank.COMPUTED: "computed",
    Rank.UNKNOWN: "unknown",
}


def _joined(uses: Sequence[ColumnUse]) -> tuple[ColumnUse, ...]:
    """One use for each column."""
    found: dict[tuple[str, str], ColumnUse] = {}
    for use in uses:
        key = use.unique_id, use.column.lower()
        before = found.get(key, use)
        clauses = tuple(sorted({*before.clauses, *use.clauses}))
        certain = before.certain or use.certain
        found[key] = ColumnUse(before.unique_id, before.column, clauses, certain)
    return tuple(one for _, one in sorted(found.items()))
