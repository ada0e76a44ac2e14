"""The facts of dbt's manifest.json (version 12, dbt 1.11)."""

from collections.abc import Iterator
from typing import Any

from tests.differential.facts import Facts, Subject, canonical, constraints, edges

# Semantic models, metrics and saved queries are outside of what the reader reads.
_COLLECTIONS = ("nodes", "sources", "exposures", "groups", "unit_tests")
_READ = ("model", "seed", "snapshot", "test", "analysis", "operation")
_COLUMN_KEYS = ("description", "data_type", "quote", "meta", "tags")


def manifest_facts(manifest: dict[str, Any]) -> Facts:
    """Everything comparable about the enabled resources, and the ids of the disabled ones."""
    root = manifest["metadata"]["project_name"]
    facts: dict[Subject, Any] = {}
    for collection in _COLLECTIONS:
        for unique_id, node in manifest[collection].items():
            if collection != "nodes" or node["resource_type"] in _READ:
                facts[Subject("enabled", unique_id)] = True
                facts.update(_resource(unique_id, node, node["package_name"] == root))
    for unique_id in manifest["disabled"]:
        if unique_id.split(".")[0] not in {"metric", "semantic_model", "saved_query", "function"}:
            facts[Subject("disabled", unique_id)] = True
    return facts


def _resource(unique_id: str, node: dict[str, Any], of_root: bool) -> Iterator[tuple[Subject, Any]]:
    kind = node["resource_type"]
    attributes = ["name", "package_name", "description", "tags", "meta", "version"]
    if of_root:
        attributes.append("original_file_path")
    yield from _attributes("attributes", unique_id, node, attributes)
    if kind != "group":
        yield from _config(unique_id, node.get("config") or {})
    if kind in {"group", "exposure"}:
        owner = {key: value for key, value in canonical(node["owner"]).items() if value != []}
        yield Subject("owner", unique_id), owner
    if kind == "exposure":
        yield from _attributes("attributes", unique_id, node, ["type"])
    if kind == "unit_test":
        yield from _attributes("tests", unique_id, node, ["model"])
    if "depends_on" in node:
        yield from edges(unique_id, node["depends_on"]["nodes"])
    if kind in {"model", "seed", "snapshot", "test", "analysis"}:
        yield from _attributes("relation", unique_id, node, ["database", "schema", "alias"])
    if kind in {"model", "seed", "snapshot", "source"}:
        yield from _columns(unique_id, node["columns"])
    if kind == "model":
        names = ["group", "access", "language", "latest_version"]
        yield from _attributes("attributes", unique_id, node, names)
    if kind == "source":
        yield from _attributes("relation", unique_id, node, ["database", "schema", "identifier"])
        names = ["source_name", "source_description", "loader", "loaded_at_field", "freshness"]
        yield from _attributes("source", unique_id, node, names)
    if kind == "test":
        yield from _test(unique_id, node)


def _attributes(
    aspect: str, unique_id: str, node: dict[str, Any], names: list[str]
) -> Iterator[tuple[Subject, Any]]:
    for name in names:
        yield Subject(aspect, unique_id, name), canonical(node.get(name))


def _config(unique_id: str, config: dict[str, Any]) -> Iterator[tuple[Subject, Any]]:
    for key, value in config.items():
        plain = canonical(value)
        if plain is not None:
            yield Subject("config", unique_id, key), plain


def _columns(unique_id: str, columns: dict[str, Any]) -> Iterator[tuple[Subject, Any]]:
    for column in columns.values():
        name = column["name"]
        yield Subject("columns", unique_id, name), True
        for key in _COLUMN_KEYS:
            yield Subject("columns", unique_id, f"{name}.{key}"), canonical(column.get(key))
        declared = constraints(column.get("constraints"))
        yield Subject("columns", unique_id, f"{name}.constraints"), declared


def _test(unique_id: str, node: dict[str, Any]) -> Iterator[tuple[Subject, Any]]:
    yield from _attributes("tests", unique_id, node, ["attached_node", "column_name"])
    metadata = node.get("test_metadata") or {}
    yield Subject("tests", unique_id, "test_name"), metadata.get("name")
    yield Subject("tests", unique_id, "namespace"), metadata.get("namespace")
    arguments = {
        key: value
        for key, value in (metadata.get("kwargs") or {}).items()
        if key not in {"model", "column_name"}
    }
    yield Subject("tests", unique_id, "arguments"), canonical(arguments)
