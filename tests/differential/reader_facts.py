"""The facts of a project as the static reader read it."""

from collections.abc import Iterable, Iterator
from typing import Any

from platform_cli.project.resources import AnyResource, Column, DataTest, Exposure, Node
from tests.differential.facts import (
    ATTRIBUTES,
    COLUMN_ATTRIBUTES,
    EDGE_ORDER,
    EDGES,
    WITH_COLUMNS,
    Facts,
    Subject,
    Unknown,
    canonical,
    constraints,
    edges,
)


def reader_facts(resources: Iterable[AnyResource], root_package: str) -> Facts:
    """The same subjects as `manifest_facts`, with `Unknown` where the reader is undecided.

    A value that is undecided as a whole (`columns`, `depends_on`, `config`) is one `Unknown` with
    an empty key: it answers every key of that aspect.
    """
    facts: dict[Subject, Any] = {}
    for resource in resources:
        unknown = resource.undecided.get("enabled") or resource.undecided.get("config.enabled")
        if unknown is None and not resource.enabled:
            facts[Subject("disabled", resource.unique_id)] = True
            continue
        known = Unknown(unknown.reason) if unknown else True
        facts[Subject("enabled", resource.unique_id)] = known
        facts.update(_resource(resource, resource.package_name == root_package))
        facts.update(_undecided(resource))
    # One of two equal names may be switched off: then dbt knows the name as enabled.
    return {
        subject: value
        for subject, value in facts.items()
        if subject.aspect != "disabled" or Subject("enabled", subject.unique_id) not in facts
    }


def _resource(resource: AnyResource, of_root: bool) -> Iterator[tuple[Subject, Any]]:
    unique_id = resource.unique_id
    kind = unique_id.split(".")[0]
    for aspect, names in ATTRIBUTES[kind].items():
        for name in names:
            if of_root or name != "path":
                yield Subject(aspect, unique_id, name), _attribute(resource, name)
    for key, value in resource.config.items():
        if (plain := canonical(value)) is not None:
            yield Subject("config", unique_id, key), plain
    if isinstance(resource, Node | Exposure):
        yield from edges(unique_id, resource.depends_on)
    if kind in WITH_COLUMNS:
        columns: dict[str, Column] = getattr(resource, "columns", {})
        for column in columns.values():
            yield from _column(unique_id, column)


def _attribute(resource: AnyResource, name: str) -> Any:
    if name == "arguments" and isinstance(resource, DataTest):
        hidden = {"model", "column_name"}
        return canonical({k: v for k, v in resource.arguments.items() if k not in hidden})
    return canonical(getattr(resource, name, None))


def _column(unique_id: str, column: Column) -> Iterator[tuple[Subject, Any]]:
    yield Subject("columns", unique_id, column.name), True
    for key in COLUMN_ATTRIBUTES:
        value = getattr(column, key)
        plain = constraints(value) if key == "constraints" else canonical(value)
        yield Subject("columns", unique_id, f"{column.name}.{key}"), plain


def _undecided(resource: AnyResource) -> Iterator[tuple[Subject, Any]]:
    """Undecided values, to be put over whatever stands in their place."""
    unique_id = resource.unique_id
    of_kind = ATTRIBUTES[unique_id.split(".")[0]]
    aspects = {name: aspect for aspect, names in of_kind.items() for name in names}
    for name, undecided in resource.undecided.items():
        unknown = Unknown(undecided.reason)
        head, _, rest = name.partition(".")
        if head == "depends_on":
            yield Subject(EDGES, unique_id), unknown
            yield Subject(EDGE_ORDER, unique_id), unknown
        elif head in {"config", "columns"}:
            yield Subject(head, unique_id, rest), unknown
        elif head in aspects:
            yield Subject(aspects[head], unique_id, head), unknown
