"""The resources of a dbt project, in dbt's own words.

Every value is either what dbt's manifest would say, or `Undecided` with the reason and the
place. msgspec structs and not dataclasses, because a whole project of them is read back from
the cache on every command and msgspec decodes typed structs about ten times faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct


class Undecided(Struct, frozen=True, array_like=True):
    """A value that only dbt can tell: why, and where in the project (path relative to its root)."""

    reason: str
    path: str = ""
    line: int = 0


class Reference(Struct, frozen=True, array_like=True):
    """One `ref()` or `source()` call.

    `args` as written (package and name, or source and table); `unique_id` is what it resolves
    to, None when nothing of that name exists. Line and column count from 1, 0 is unknown.
    """

    kind: Literal["ref", "source"]
    args: tuple[str, ...]
    version: str | int | float | None = None
    unique_id: str | None = None
    line: int = 0
    column: int = 0


class Column(Struct, frozen=True, array_like=True):
    """A column as the properties file declares it."""

    name: str
    description: str = ""
    data_type: str | None = None
    quote: bool | None = None
    meta: dict[str, Any] = {}
    tags: tuple[str, ...] = ()
    constraints: tuple[dict[str, Any], ...] = ()


def column_named(columns: Mapping[str, Column], name: str) -> Column | None:
    """The declared column of that name, in any case: databases do not tell them apart."""
    if (exact := columns.get(name)) is not None:
        return exact
    wanted = name.lower()
    return next((one for one in columns.values() if one.name.lower() == wanted), None)


class Resource(Struct, frozen=True, kw_only=True, tag=True, tag_field="kind", array_like=True):
    """What all resources have in common.

    `path` is the file that defines it and `properties_path` the YAML that describes it, both
    relative to the project's root with forward slashes. `config` holds the effective config,
    defaults included; a key whose value only dbt can tell is in `undecided` (under
    `config.<key>`) and not in `config`. Other undecidable attributes are there by their name.
    """

    unique_id: str
    name: str
    package_name: str
    path: str
    properties_path: str | None = None
    description: str = ""
    enabled: bool = True
    tags: tuple[str, ...] = ()
    meta: dict[str, Any] = {}
    config: dict[str, Any] = {}
    undecided: dict[str, Undecided] = {}
    fqn: tuple[str, ...] = ()
    """Package, folders and name, as dbt's selections know it; empty for a group."""


class Node(Resource, frozen=True, kw_only=True):
    """A resource in the graph. `depends_on` holds unique ids in dbt's order."""

    depends_on: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    columns: dict[str, Column] = {}
    group: str | None = None
    database: str | None = None
    schema: str | None = None
    alias: str | None = None


class Model(Node, frozen=True, kw_only=True):
    """A model: SQL (or Python) that dbt builds into a relation."""

    access: str = "protected"
    language: str = "sql"
    constraints: tuple[dict[str, Any], ...] = ()
    version: str | int | float | None = None
    latest_version: str | int | float | None = None
    deprecation_date: str | None = None


class Snapshot(Node, frozen=True, kw_only=True):
    """A history table of a slowly changing dimension."""


class Seed(Node, frozen=True, kw_only=True):
    """A CSV file that dbt loads."""


class Analysis(Node, frozen=True, kw_only=True):
    """SQL that dbt compiles and never runs."""


class Operation(Node, frozen=True, kw_only=True):
    """An on-run-start or on-run-end hook. `raw_code` is its text, with Jinja."""

    raw_code: str = ""


class DataTest(Node, frozen=True, kw_only=True):
    """A data test. For a generic one: its macro's name, arguments and what it is attached to.

    `arguments` are dbt's, so `model` and `column_name` are among them.
    """

    test_name: str | None = None
    namespace: str | None = None
    arguments: dict[str, Any] = {}
    attached_node: str | None = None
    column_name: str | None = None


class UnitTest(Node, frozen=True, kw_only=True):
    """A unit test of a model."""

    model: str = ""


class Source(Resource, frozen=True, kw_only=True):
    """A table that dbt reads and does not build."""

    source_name: str
    source_description: str = ""
    loader: str = ""
    identifier: str | None = None
    database: str | None = None
    schema: str | None = None
    columns: dict[str, Column] = {}
    quoting: dict[str, bool] = {}
    freshness: dict[str, Any] | None = None
    loaded_at_field: str | None = None


class Exposure(Resource, frozen=True, kw_only=True):
    """A use of the data outside dbt."""

    type: str = ""
    owner: dict[str, Any] = {}
    depends_on: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


class Group(Resource, frozen=True, kw_only=True):
    """An owner: a dbt group with contact details."""

    owner: dict[str, Any] = {}


class Argument(Struct, frozen=True, array_like=True):
    """An argument of a macro as the properties file declares it."""

    name: str
    description: str = ""


class Macro(Resource, frozen=True, kw_only=True):
    """A macro that a properties file describes: no part of the graph."""

    arguments: dict[str, Argument] = {}


AnyResource = (
    Model
    | Snapshot
    | Seed
    | Analysis
    | Operation
    | DataTest
    | UnitTest
    | Source
    | Exposure
    | Group
    | Macro
)
