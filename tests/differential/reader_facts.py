"""The facts of a project as the static reader read it."""

from collections.abc import Iterable, Iterator
from typing import Any

from platform_cli.project.resources import (
    AnyResource,
    Column,
    DataTest,
    Exposure,
    Group,
    Model,
    Node,
    Operation,
    Resource,
    Seed,
    Snapshot,
    Source,
    UnitTest,
)
from tests.differential.facts import EDGE_ORDER, EDGES, Facts, Subject, Unknown
from tests.differential.facts import canonical, constraints, edges

_COLUMN_KEYS = ("description", "data_type", "quote", "meta", "tags")


def reader_facts(resources: Iterable[AnyResource], root_package: str) -> Facts:
    """The same subjects as `manifest_facts`, with `Unknown` where the reader is undecided.

    A value that is undecided as a whole (`columns`, `depends_on`, `config`) is one `Unknown` with
    an empty key: it answers every key of that aspect.
    """
    facts: dict[Subject, Any] = {}
    for resource in resources:
        unknown = resource.undecided.get("enabled") or resource.undecided.get("config.enabled")
        if unknown is not None:
            facts[Subject("enabled", resource.unique_id)] = Unknown(unknown.reason)
        elif not resource.enabled:
            facts[Subject("disabled", resource.unique_id)] = True
            continue
        else:
            facts[Subject("enabled", resource.unique_id)] = True
        facts.update(_resource(resource, resource.package_name == root_package))
        facts.update(_undecided(resource))
    return facts


def _resource(resource: Resource, of_root: bool) -> Iterator[tuple[Subject, Any]]:
    def several(aspect: str, *names: str) -> Iterator[tuple[Subject, Any]]:
        for name in names:
            value = canonical(getattr(resource, name))
            yield Subject(aspect, resource.unique_id, name), value

    yield from several("attributes", "name", "package_name", "description", "tags", "meta")
    version = getattr(resource, "version", None)
    yield Subject("attributes", resource.unique_id, "version"), version
    if of_root:
        yield Subject("attributes", resource.unique_id, "original_file_path"), resource.path
    if not isinstance(resource, Group):
        for key, value in resource.config.items():
            if (plain := canonical(value)) is not None:
                yield Subject("config", resource.unique_id, key), plain
    if isinstance(resource, Group | Exposure):
        yield Subject("owner", resource.unique_id), canonical(resource.owner)
    if isinstance(resource, Exposure):
        yield from several("attributes", "type")
    if isinstance(resource, UnitTest):
        yield from several("tests", "model")
    if isinstance(resource, Node | Exposure):
        yield from edges(resource.unique_id, resource.depends_on)
    if isinstance(resource, Node) and not isinstance(resource, Operation | UnitTest):
        yield from several("relation", "database", "schema", "alias")
    if isinstance(resource, Model | Seed | Snapshot | Source):
        yield from _columns(resource.unique_id, resource.columns)
    if isinstance(resource, Model):
        yield from several("attributes", "group", "access", "language", "latest_version")
    if isinstance(resource, Source):
        yield from several("relation", "database", "schema", "identifier")
        names = ("source_name", "source_description", "loader", "loaded_at_field", "freshness")
        yield from several("source", *names)
    if isinstance(resource, DataTest):
        yield from several("tests", "attached_node", "column_name", "test_name", "namespace")
        yield Subject("tests", resource.unique_id, "arguments"), _arguments(resource)


def _arguments(test: DataTest) -> Any:
    hidden = {"model", "column_name"}
    return canonical({k: v for k, v in test.arguments.items() if k not in hidden})


def _columns(unique_id: str, columns: dict[str, Column]) -> Iterator[tuple[Subject, Any]]:
    for column in columns.values():
        yield Subject("columns", unique_id, column.name), True
        for key in _COLUMN_KEYS:
            value = canonical(getattr(column, key))
            yield Subject("columns", unique_id, f"{column.name}.{key}"), value
        declared = constraints(column.constraints)
        yield Subject("columns", unique_id, f"{column.name}.constraints"), declared


def _undecided(resource: Resource) -> Iterator[tuple[Subject, Any]]:
    """Undecided values last, over whatever stands in their place."""
    aspects = {
        "database": "relation",
        "schema": "relation",
        "alias": "relation",
        "identifier": "relation",
        "attached_node": "tests",
        "column_name": "tests",
        "arguments": "tests",
        "freshness": "source",
        "loader": "source",
        "loaded_at_field": "source",
        "source_description": "source",
        "owner": "owner",
    }
    for name, undecided in resource.undecided.items():
        unknown = Unknown(f"{undecided.reason}")
        head, _, rest = name.partition(".")
        if head == "depends_on":
            yield Subject(EDGES, resource.unique_id), unknown
            yield Subject(EDGE_ORDER, resource.unique_id), unknown
        elif head in {"config", "columns"}:
            yield Subject(head, resource.unique_id, rest), unknown
        elif head != "enabled":
            yield Subject(aspects.get(head, "attributes"), resource.unique_id, head), unknown
