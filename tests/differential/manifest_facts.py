"""The facts of dbt's manifest.json (version 12, dbt 1.11)."""

from collections.abc import Iterator
from typing import Any

from tests.differential.facts import (
    ATTRIBUTES,
    COLUMN_ATTRIBUTES,
    WITH_COLUMNS,
    Facts,
    Subject,
    canonical,
    constraints,
    edges,
)

_COLLECTIONS = ("nodes", "sources", "exposures", "groups", "unit_tests")


def manifest_facts(manifest: dict[str, Any]) -> Facts:
    """Everything comparable about the enabled resources, and the ids of the disabled ones.

    A test of a disabled model stays among dbt's nodes, with `enabled: false` in its config, and is
    never run: disabled. Semantic models, metrics, saved queries and functions are outside of what
    the reader reads.
    """
    root = manifest["metadata"]["project_name"]
    facts: dict[Subject, Any] = {}
    for collection in _COLLECTIONS:
        for unique_id, node in manifest[collection].items():
            if not (node.get("config") or {}).get("enabled", True):
                facts[Subject("disabled", unique_id)] = True
            elif node["resource_type"] in ATTRIBUTES:
                facts[Subject("enabled", unique_id)] = True
                facts.update(_resource(unique_id, node, node["package_name"] == root))
    for unique_id in manifest["disabled"]:
        kind = unique_id.split(".")[0]
        if kind in ATTRIBUTES and Subject("enabled", unique_id) not in facts:
            facts[Subject("disabled", unique_id)] = True
    return facts


def _resource(unique_id: str, node: dict[str, Any], of_root: bool) -> Iterator[tuple[Subject, Any]]:
    kind = node["resource_type"]
    plain = _by_the_readers_names(node)
    for aspect, names in ATTRIBUTES[kind].items():
        for name in names:
            if of_root or name != "path":  # dbt's path is relative to the package
                yield Subject(aspect, unique_id, name), canonical(plain.get(name))
    for key, value in (node.get("config") or {}).items():
        if (known := canonical(value)) is not None:
            yield Subject("config", unique_id, key), known
    if "depends_on" in node:
        yield from edges(unique_id, node["depends_on"].get("nodes", []))
    if kind in WITH_COLUMNS:
        for column in node["columns"].values():
            yield from _column(unique_id, column)


def _by_the_readers_names(node: dict[str, Any]) -> dict[str, Any]:
    metadata = node.get("test_metadata") or {}
    hidden = {"model", "column_name"}
    arguments = {k: v for k, v in (metadata.get("kwargs") or {}).items() if k not in hidden}
    owner = {key: value for key, value in (node.get("owner") or {}).items() if value != []}
    return node | {
        "path": node["original_file_path"].removeprefix("./"),
        "description": node.get("description") or "",
        "owner": owner,
        "test_name": metadata.get("name"),
        "namespace": metadata.get("namespace"),
        "arguments": arguments,
    }


def _column(unique_id: str, column: dict[str, Any]) -> Iterator[tuple[Subject, Any]]:
    name = column["name"]
    yield Subject("columns", unique_id, name), True
    plain = column | {"constraints": constraints(column.get("constraints"))}
    for key in COLUMN_ATTRIBUTES:
        yield Subject("columns", unique_id, f"{name}.{key}"), canonical(plain.get(key))
