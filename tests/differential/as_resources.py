"""A reader that is always right: dbt's manifest turned into the reader's own resources."""

from typing import Any, cast

from platform_cli.project.resources import (
    Analysis,
    AnyResource,
    Column,
    DataTest,
    Exposure,
    Group,
    Model,
    Operation,
    Resource,
    Seed,
    Snapshot,
    Source,
    UnitTest,
)

_KINDS: dict[str, type[Resource]] = {
    "model": Model,
    "snapshot": Snapshot,
    "seed": Seed,
    "analysis": Analysis,
    "operation": Operation,
    "test": DataTest,
    "unit_test": UnitTest,
    "source": Source,
    "exposure": Exposure,
    "group": Group,
}


def as_resources(manifest: dict[str, Any]) -> list[AnyResource]:
    """The manifest's resources in the reader's types, to test the comparison itself."""
    found = [
        _resource(node, node.get("config", {}).get("enabled", True))
        for collection in ("nodes", "sources", "exposures", "groups", "unit_tests")
        for node in manifest[collection].values()
    ]
    off = [_resource(nodes[0], False) for nodes in manifest["disabled"].values()]
    return off + found


def _resource(node: dict[str, Any], enabled: bool) -> AnyResource:
    kind = _KINDS[node["resource_type"]]
    values: dict[str, Any] = {
        name: node[name] for name in kind.__struct_fields__ if node.get(name) is not None
    }
    values |= {"enabled": enabled, "path": node["original_file_path"].removeprefix("./")}
    if "depends_on" in node:
        values["depends_on"] = tuple(node["depends_on"].get("nodes", ()))
    if "columns" in node and "columns" in kind.__struct_fields__:
        values["columns"] = {key: _column(column) for key, column in node["columns"].items()}
    if kind is DataTest:
        metadata = node.get("test_metadata") or {}
        values |= {
            "test_name": metadata.get("name"),
            "namespace": metadata.get("namespace"),
            "arguments": metadata.get("kwargs") or {},
        }
    return cast("AnyResource", kind(**values))


def _column(column: dict[str, Any]) -> Column:
    return Column(**{n: column[n] for n in Column.__struct_fields__ if column.get(n) is not None})
