"""What to say about a new model: what was decided for its author, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from platform_cli.project.resources import Model
from platform_cli.scaffold.model.files import NewModel
from platform_cli.scaffold.model.key import Key
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.relations import Broken, Surroundings

_AT_MOST = 5


def model_notes(
    model: NewModel, key: Key, broken: Sequence[Broken], no_test: str, around: Surroundings
) -> Iterator[str]:
    """One line each; `no_test` is why there is no unit test."""
    if key.because and key.columns:
        yield f"key: {', '.join(model.key)} ({key.because}); --key COLUMN chooses another"
    elif key.because:
        yield f"no key: {key.because}"
    if key.against:
        yield f"key: {key.against}; name the key with --key COLUMN"
    for one in model.parents:
        if not around.layers.may_read(around.layer, one.resource):
            yield (
                f"{around.layer} may not read {one.resource.name}: `platform check` will say so"
                f"{_instead(one, around)}"
            )
    yield from _about_joins(model)
    for one in model.parents:
        if one.columns and not one.complete:
            why = "it is not built, or cannot be read"
            yield f"{one.resource.name}: only the columns that its YAML mentions; {why}"
    for alias in model.selected.unknown:
        yield f"{alias}: its columns are not known, look for TODO"
    if model.kind.public and not model.contract:
        yield "no contract and not public yet: not all types are known"
    yield from _about_relations(model, broken)
    yield from _about_test(model, no_test)


def _instead(parent: Parent, around: Surroundings) -> str:
    """The models in a lower layer that read it, and could be read."""
    graph, layers = around.graph, around.layers
    children = (graph.resources[one] for one in graph.children.get(parent.resource.unique_id, ()))
    names = [
        one.name
        for one in children
        if isinstance(one, Model)
        and layers.may_read(layers.of(one), parent.resource)
        and layers.may_read(around.layer, one)
    ]
    return f"; read {' or '.join(names[:2])}" if names else ""


def _about_joins(model: NewModel) -> Iterator[str]:
    for join in model.selected.joins:
        if join.proposed:
            yield f"joined {join.alias} on {join.left} = {join.right}; --join says it otherwise"
    for join in model.selected.joins:
        if not join.unique:
            yield (
                f"{join.alias}: {join.right} is not known to be unique; if it is not, rows are"
                " multiplied"
            )


def _about_test(model: NewModel, no_test: str) -> Iterator[str]:
    if model.unit_test:
        yield (
            "unit test: made-up rows, and what the SQL makes of them; look at it, then"
            f" `platform confirm {model.name}`"
        )
    elif no_test:
        yield f"no unit test: {no_test}"


def _about_relations(model: NewModel, broken: Sequence[Broken]) -> Iterator[str]:
    for one in model.relations:
        there = f"{one.name}.{one.field}"
        yield f"{one.column}: every value is in {there}; a relationships test was written"
    for lost in broken[:_AT_MOST]:
        count = f"{lost.missing:,} value{'s' * (lost.missing != 1)}"
        yield f"{lost.column}: {count} not in {lost.name}; no relationships test was written"
    if len(broken) > _AT_MOST:
        yield f"and {len(broken) - _AT_MOST} more columns with values that another table lacks"
