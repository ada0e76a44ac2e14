"""The project as the tables of dbt v2's information schema, as far as a parse tells.

Names and columns are those that dbt documents for checks; what files do not tell is NULL.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
from typing import Any

from msgspec import Struct

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.project import Project
from platform_cli.project.resources import (
    Analysis,
    AnyResource,
    Column,
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
_Get = Callable[[Any], Any]


class Table(Struct, frozen=True):
    """A table: DuckDB's type by column, and its rows, in which what is NULL is missing."""

    columns: dict[str, str]
    rows: list[Row]


def table(project: Project, name: str, named: Collection[str] | None = None) -> Table:
    """The table of that name; with `named`, only its columns of these names (or one, for none).

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
    columns["ingested_at"] = "TIMESTAMP"
    if named is not None:
        first = next(iter(columns))
        columns = {one: columns[one] for one in columns if one in named} or {first: columns[first]}
    subjects, gets = _MADE_OF[name]
    asked = [(column, gets[column]) for column in columns if column in gets]
    rows = [
        {column: value for column, get in asked if (value := get(one)) is not None}
        for one in subjects(project)
    ]
    return Table(columns, rows)


def _of(kind: type[AnyResource]) -> Callable[[Project], Iterable[AnyResource]]:
    def subjects(project: Project) -> Iterable[AnyResource]:
        return (one for one in project.resources.values() if isinstance(one, kind))

    return subjects


def _attribute(name: str) -> _Get:
    return lambda resource: getattr(resource, name, None)


def _config(name: str) -> _Get:
    return lambda resource: resource.config.get(name)


def _contract_enforced(resource: Any) -> bool:
    contract = resource.config.get("contract")
    return bool(isinstance(contract, dict) and contract.get("enforced"))


def _identifier(resource: Any) -> str | None:
    return getattr(resource, "alias", None) or getattr(resource, "identifier", None)


def _relation_name(resource: Any) -> str | None:
    parts = [getattr(resource, key, None) for key in ("database", "schema")]
    parts.append(_identifier(resource))
    return ".".join(f'"{one}"' for one in parts if one) if all(parts) else None


def _text(get: _Get) -> _Get:
    def text(resource: Any) -> str | None:
        value = get(resource)
        return None if value is None else str(value)

    return text


def _primary_key(resource: Any) -> list[str]:
    for one in getattr(resource, "constraints", ()):
        if one.get("type") == "primary_key":
            return list(one.get("columns") or ())
    return [
        column.name
        for column in getattr(resource, "columns", {}).values()
        if any(one.get("type") == "primary_key" for one in column.constraints)
    ]


def _owner(key: str) -> _Get:
    return _text(lambda one: one.owner.get(key))


def _columns(project: Project) -> Iterator[tuple[str, Column]]:
    for resource in project.resources.values():
        if isinstance(resource, Node | Source):
            for column in resource.columns.values():
                yield resource.unique_id, column


def _of_column(name: str) -> _Get:
    get = attrgetter(name)
    return lambda pair: get(pair[1])


def _dag_nodes(project: Project) -> Iterator[tuple[str, str]]:
    from platform_cli.project.selection.methods import kind_of

    for unique_id, resource in project.resources.items():
        if not isinstance(resource, Group | Operation):
            yield unique_id, kind_of(resource)


def _edges(project: Project) -> Iterator[tuple[str, str]]:
    for unique_id, resource in project.resources.items():
        if isinstance(resource, Node | Exposure):
            for parent in dict.fromkeys(resource.depends_on):
                yield parent, unique_id


def _macros(project: Project) -> Iterator[Any]:
    for namespace in project.scope(project.name).macros.packages.values():
        yield from namespace.values()


def _packages(project: Project) -> Iterable[str]:
    return dict.fromkeys(one.package_name for one in project.resources.values())


_RESOURCE: Mapping[str, _Get] = {
    **{one: attrgetter(one) for one in ("unique_id", "name", "package_name", "description")},
    **{one: attrgetter(one) for one in ("config", "enabled", "fqn", "tags", "meta")},
    "original_file_path": attrgetter("path"),
    "properties_yml_file_path": attrgetter("properties_path"),
}
_NODE_VALUES: Mapping[str, _Get] = {
    **_RESOURCE,
    **{one: _attribute(one) for one in ("access", "alias", "deprecation_date", "group")},
    **{one: _text(_attribute(one)) for one in ("version", "latest_version")},
    "contract_enforced": _contract_enforced,
    "database_name": _attribute("database"),
    "identifier": _identifier,
    "materialized": _config("materialized"),
    "node_language": lambda resource: getattr(resource, "language", "sql"),
    "primary_key": _primary_key,
    "relation_name": _relation_name,
    "schema_name": _attribute("schema"),
}


_Made = tuple[Callable[[Project], Iterable[Any]], Mapping[str, _Get]]
"""What the rows of a table are about, and the value of each column; the others are NULL."""


def _nodes(kind: type[AnyResource], name: str, *more: str) -> _Made:
    own = {one: _attribute(one) for one in more}
    return _of(kind), {**_NODE_VALUES, **own, "resource_type": lambda _: name}


_MADE_OF: dict[str, _Made] = {
    "models": _nodes(Model, "model"),
    "seeds": _nodes(Seed, "seed"),
    "snapshots": _nodes(Snapshot, "snapshot"),
    "analyses": _nodes(Analysis, "analysis"),
    "hooks": _nodes(Operation, "operation", "raw_code"),
    "sources": _nodes(
        Source, "source", "source_name", "source_description", "loader", "loaded_at_field"
    ),
    "data_tests": (
        _of(DataTest),
        {
            **_NODE_VALUES,
            **{one: _text(_config(one)) for one in ("severity", "warn_if", "error_if")},
            **{one: _text(_config(one)) for one in ("fail_calc", "store_failures_as")},
            **{one: attrgetter(one) for one in ("arguments", "column_name", "test_name")},
            "node_unique_id": attrgetter("attached_node"),
            "store_failures": _config("store_failures"),
            "test_definition_package": attrgetter("namespace"),
        },
    ),
    "unit_tests": (_of(UnitTest), {**_RESOURCE, "model": attrgetter("model")}),
    "node_columns": (
        _columns,
        {
            "node_unique_id": itemgetter(0),
            "column_name": _of_column("name"),
            "data_type_declared": _of_column("data_type"),
            "description": _of_column("description"),
            "tags": _of_column("tags"),
        },
    ),
    "dag_nodes": (_dag_nodes, {"unique_id": itemgetter(0), "resource_type": itemgetter(1)}),
    "edges": (_edges, {"parent_unique_id": itemgetter(0), "child_unique_id": itemgetter(1)}),
    "groups": (
        _of(Group),
        {**_RESOURCE, "owner_name": _owner("name"), "owner_email": _owner("email")},
    ),
    "exposures": (
        _of(Exposure),
        {
            **_RESOURCE,
            "depends_on": attrgetter("depends_on"),
            "exposure_type": attrgetter("type"),
            "owner_name": _owner("name"),
            "owner_email": _owner("email"),
        },
    ),
    "macros": (
        _macros,
        {
            "unique_id": attrgetter("unique_id"),
            "name": attrgetter("name"),
            "package_name": attrgetter("package"),
            "original_file_path": attrgetter("path"),
            "macro_sql": attrgetter("sql"),
        },
    ),
    "project": (
        lambda project: [project],
        {
            "project_name": attrgetter("name"),
            "adapter_type": lambda project: getattr(project.target, "type", None),
        },
    ),
    "packages": (_packages, {"package_name": str}),
}
