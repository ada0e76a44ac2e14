"""The project as the tables of dbt v2's information schema, as far as a parse tells.

Names and columns are those that dbt documents for checks; what files do not tell is NULL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.project import Project
from platform_cli.project.resources import (
    Analysis,
    AnyResource,
    DataTest,
    Exposure,
    Group,
    Model,
    Node,
    Operation,
    Seed,
    Snapshot,
    Source,
    UnitTest,
)

Row = dict[str, Any]
_NODE = (
    "unique_id name resource_type package_name original_file_path fqn[] alias description "
    "node_language database_name schema_name relation_name identifier enabled? materialized "
    "config{} access group contract_enforced? version latest_version deprecation_date "
    "primary_key[] properties_yml_file_path tags[] meta{}"
)
_TABLES = {
    "models": _NODE,
    "seeds": _NODE,
    "snapshots": f"{_NODE} raw_code",
    "analyses": f"{_NODE} raw_code",
    "hooks": f"{_NODE} raw_code",
    "sources": f"{_NODE} source_name source_description loader loaded_at_field",
    "data_tests": "unique_id name package_name original_file_path fqn[] description database_name "
    "schema_name relation_name enabled? materialized config{} tags[] meta{} group "
    "properties_yml_file_path test_name test_definition_package arguments{} column_name "
    "node_unique_id severity warn_if error_if fail_calc store_failures? store_failures_as",
    "unit_tests": "unique_id name model description package_name original_file_path fqn[]",
    "node_columns": "node_unique_id column_name data_type_declared description tags[]",
    "dag_nodes": "unique_id resource_type",
    "edges": "parent_unique_id child_unique_id",
    "groups": "unique_id name description owner_name owner_email",
    "exposures": "unique_id name exposure_type owner_name owner_email description package_name "
    "original_file_path fqn[] depends_on[] tags[]",
    "macros": "unique_id name package_name original_file_path macro_sql",
    "project": "project_name adapter_type",
    "packages": "package_name",
}
_TYPES = {"[]": "VARCHAR[]", "{}": "JSON", "?": "BOOLEAN"}


class Table(Struct, frozen=True):
    """A table: DuckDB's type by column, and its rows, in which a column may be missing or more."""

    columns: dict[str, str]
    rows: list[Row]


def table(project: Project, name: str) -> Table:
    """The table of that name.

    Raises PlatformError, with near names, when there is none.
    """
    if name not in _TABLES:
        raise PlatformError(
            f"info_schema({name!r}): there is no such table",
            hint=did_you_mean(name, _TABLES) or f"there are {', '.join(_TABLES)}",
        )
    columns = {}
    for column in _TABLES[name].split():
        sign = next((one for one in _TYPES if column.endswith(one)), "")
        columns[column.removesuffix(sign)] = _TYPES.get(sign, "VARCHAR")
    return Table({**columns, "ingested_at": "TIMESTAMP"}, list(_ROWS[name](project)))


def _nodes(kind: type[AnyResource], name: str) -> Callable[[Project], Iterator[Row]]:
    def rows(project: Project) -> Iterator[Row]:
        for resource in project.resources.values():
            if isinstance(resource, kind):
                yield {**_row(resource), "resource_type": name}

    return rows


def _row(resource: Any) -> Row:
    config = resource.config
    contract = config.get("contract")
    relation = [getattr(resource, key, None) for key in ("database", "schema")]
    name = getattr(resource, "alias", None) or getattr(resource, "identifier", None)
    return {
        "unique_id": resource.unique_id,
        "name": resource.name,
        "package_name": resource.package_name,
        "original_file_path": resource.path,
        "fqn": list(resource.fqn),
        "alias": getattr(resource, "alias", None),
        "identifier": name,
        "description": resource.description,
        "node_language": getattr(resource, "language", "sql"),
        "database_name": relation[0],
        "schema_name": relation[1],
        "relation_name": _relation_name([*relation, name]),
        "enabled": resource.enabled,
        "materialized": config.get("materialized"),
        "config": config,
        "access": getattr(resource, "access", None),
        "group": getattr(resource, "group", None),
        "contract_enforced": bool(isinstance(contract, dict) and contract.get("enforced")),
        "version": _text(getattr(resource, "version", None)),
        "latest_version": _text(getattr(resource, "latest_version", None)),
        "deprecation_date": getattr(resource, "deprecation_date", None),
        "primary_key": _primary_key(resource),
        "properties_yml_file_path": resource.properties_path,
        "tags": list(resource.tags),
        "meta": resource.meta,
        "source_name": getattr(resource, "source_name", None),
        "source_description": getattr(resource, "source_description", None),
        "loader": getattr(resource, "loader", None),
        "loaded_at_field": getattr(resource, "loaded_at_field", None),
    }


def _relation_name(parts: list[str | None]) -> str | None:
    return ".".join(f'"{one}"' for one in parts if one) if all(parts) else None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _primary_key(resource: Any) -> list[str]:
    for one in getattr(resource, "constraints", ()):
        if one.get("type") == "primary_key":
            return list(one.get("columns") or ())
    return [
        column.name
        for column in getattr(resource, "columns", {}).values()
        if any(one.get("type") == "primary_key" for one in column.constraints)
    ]


def _data_tests(project: Project) -> Iterator[Row]:
    for test in project.of(DataTest):
        config = test.config
        yield {
            **_row(test),
            "test_name": test.test_name,
            "test_definition_package": test.namespace,
            "arguments": test.arguments,
            "column_name": test.column_name,
            "node_unique_id": test.attached_node,
            **{
                key: _text(config.get(key))
                for key in ("severity", "warn_if", "error_if", "fail_calc", "store_failures_as")
            },
            "store_failures": config.get("store_failures"),
        }


def _unit_tests(project: Project) -> Iterator[Row]:
    return ({**_row(test), "model": test.model} for test in project.of(UnitTest))


def _columns(project: Project) -> Iterator[Row]:
    for resource in project.resources.values():
        if isinstance(resource, Node | Source):
            for column in resource.columns.values():
                yield {
                    "node_unique_id": resource.unique_id,
                    "column_name": column.name,
                    "data_type_declared": column.data_type,
                    "description": column.description,
                    "tags": list(column.tags),
                }


def _dag_nodes(project: Project) -> Iterator[Row]:
    from platform_cli.project.selection.methods import kind_of

    for unique_id, resource in project.resources.items():
        if not isinstance(resource, Group | Operation):
            yield {"unique_id": unique_id, "resource_type": kind_of(resource)}


def _edges(project: Project) -> Iterator[Row]:
    for unique_id, resource in project.resources.items():
        if isinstance(resource, Node | Exposure):
            for parent in dict.fromkeys(resource.depends_on):
                yield {"parent_unique_id": parent, "child_unique_id": unique_id}


def _groups(project: Project) -> Iterator[Row]:
    return (
        {
            "unique_id": one.unique_id,
            "name": one.name,
            "description": one.description,
            "owner_name": _text(one.owner.get("name")),
            "owner_email": _text(one.owner.get("email")),
        }
        for one in project.of(Group)
    )


def _exposures(project: Project) -> Iterator[Row]:
    for one in project.of(Exposure):
        yield {
            **_row(one),
            "exposure_type": one.type,
            "owner_name": _text(one.owner.get("name")),
            "owner_email": _text(one.owner.get("email")),
            "depends_on": list(one.depends_on),
        }


def _macros(project: Project) -> Iterator[Row]:
    for namespace in project.scope(project.name).macros.packages.values():
        for macro in namespace.values():
            yield {
                "unique_id": macro.unique_id,
                "name": macro.name,
                "package_name": macro.package,
                "original_file_path": macro.path,
                "macro_sql": macro.sql,
            }


def _project(project: Project) -> Iterator[Row]:
    yield {"project_name": project.name, "adapter_type": getattr(project.target, "type", None)}


def _packages(project: Project) -> Iterator[Row]:
    names = dict.fromkeys(one.package_name for one in project.resources.values())
    return ({"package_name": name} for name in names)


_ROWS: dict[str, Callable[[Project], Iterator[Row]]] = {
    "models": _nodes(Model, "model"),
    "seeds": _nodes(Seed, "seed"),
    "snapshots": _nodes(Snapshot, "snapshot"),
    "analyses": _nodes(Analysis, "analysis"),
    "hooks": _nodes(Operation, "operation"),
    "sources": _nodes(Source, "source"),
    "data_tests": _data_tests,
    "unit_tests": _unit_tests,
    "node_columns": _columns,
    "dag_nodes": _dag_nodes,
    "edges": _edges,
    "groups": _groups,
    "exposures": _exposures,
    "macros": _macros,
    "project": _project,
    "packages": _packages,
}
