"""Which columns of a new model hold the key of another table: relationships tests to propose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from platform_cli.project.graph import Graph
from platform_cli.project.keys import single_keys, tested_column
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model, Seed, Snapshot, column_named
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import SelectedColumn, SelectList
from platform_cli.scaffold.unit_test.drafted_rows import DraftedRows

_MOST = 12
_TESTED = "relationships"


@dataclass(frozen=True, slots=True)
class Relation:
    """All values of `column` are in `field` of what `to` (a `ref()`) names."""

    column: str
    to: str
    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Broken:
    """So many values of `column` are not in the key of `name`: no test was written."""

    column: str
    name: str
    missing: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a new model could be related to: the project's graph, and the layer it will be in."""

    graph: Graph
    layers: Layers
    layer: str | None


def relations(
    selected: SelectList,
    parents: tuple[Parent, ...],
    around: Surroundings,
    rows: DraftedRows | None,
) -> tuple[tuple[Relation, ...], tuple[Broken, ...]]:
    """What holds on the data, and what would be expected and does not. Without data: nothing."""
    if rows is None:
        return (), ()
    held: dict[str, Relation] = {}
    broken: dict[str, Broken] = {}
    read = {one.alias: one for one in parents}
    asked = 0
    for column, target, field in _candidates(selected, parents, around):
        origin = read.get(column.parent)
        if column.name in held or (origin and origin.resource.unique_id == target.unique_id):
            continue
        asked += 1
        relation = rows.trial.relation(target) if asked <= _MOST else None
        missing = rows.missing(column.name, relation, field) if relation else None
        if missing == 0:
            broken.pop(column.name, None)
            held[column.name] = Relation(column.name, f"ref('{target.name}')", field, target.name)
        elif missing:
            broken.setdefault(column.name, Broken(column.name, target.name, missing))
    return tuple(held.values()), tuple(broken.values())


def _candidates(
    selected: SelectList, parents: tuple[Parent, ...], around: Surroundings
) -> Iterator[tuple[SelectedColumn, Model | Seed, str]]:
    """Column, table and its field: as tested upstream, as joined, and by the name of a key."""
    graph = around.graph
    by_place = {(one.parent, one.original.lower()): one for one in selected.columns if one.parent}
    for parent in parents:
        for test in graph.tests.get(parent.resource.unique_id, ()):
            column = by_place.get((parent.alias, tested_column(test) or ""))
            ids = [one for one in test.depends_on if one != parent.resource.unique_id]
            found = graph.resources.get(ids[0]) if len(ids) == 1 else None
            if test.test_name == _TESTED and column and isinstance(found, Model | Seed):
                yield column, found, str(test.arguments.get("field"))
    by_alias = {one.alias: one for one in parents}
    by_expression = {one.expression: one for one in selected.columns}
    for join in selected.joins:
        joined = by_alias[join.alias].resource
        column = by_expression.get(join.left)
        if join.unique and column and isinstance(joined, Model | Seed):
            yield column, joined, join.right.partition(".")[2].strip('"')
    keys = _keys(around)
    for one in selected.columns:
        for target in keys.get(one.name.lower(), ()):
            yield one, target, _field(target, one.name)


def _keys(around: Surroundings) -> Mapping[str, list[Model]]:
    """The models by the one column that is their key; those of the highest layer first.

    What is made of the new model's layer is left out: it is not there before it. A name as `id`
    says nothing of the table it is of.
    """
    graph, layers = around.graph, around.layers
    height = {name: number for number, name in enumerate(layers.by_name)}
    highest = height.get(around.layer or "", len(height))
    found: dict[str, list[Model]] = {}
    for one in graph.resources.values():
        if not isinstance(one, Model) or not one.enabled or one.access == "private":
            continue
        if height.get(layers.of(one) or "", -1) > highest:
            continue
        for key in single_keys(one, graph.tests.get(one.unique_id, ())):
            if key not in {"id", "key", "code", "name"}:
                found.setdefault(key, []).append(one)
    for models in found.values():
        models.sort(key=lambda one: -height.get(layers.of(one) or "", -1))
    return found


def _field(target: Model | Seed | Snapshot, name: str) -> str:
    column = column_named(target.columns, name)
    return column.name if column else name
