"""A node while it is being put together."""

from __future__ import annotations

from typing import Any

from platform_cli.project.jinja.undefined_call import UndefinedCall
from platform_cli.project.reading.configs import Config
from platform_cli.project.resources import (
    Analysis,
    Column,
    DataTest,
    Model,
    Node,
    Operation,
    Reference,
    Seed,
    Snapshot,
    Undecided,
)

_STRUCTS: dict[str, type[Node]] = {
    "model": Model,
    "snapshot": Snapshot,
    "seed": Seed,
    "analysis": Analysis,
    "operation": Operation,
    "test": DataTest,
}


class Draft:
    """The working copy of a node. Macros that name relations see it as their `node`."""

    __slots__ = (
        "access",
        "alias",
        "attached_node",
        "call",
        "column_name",
        "columns",
        "config",
        "database",
        "depends_on",
        "description",
        "enabled",
        "extra",
        "fqn",
        "group",
        "incremental",
        "language",
        "latest_version",
        "line",
        "meta",
        "name",
        "original_file_path",
        "package_name",
        "path",
        "properties_path",
        "references",
        "relative_path",
        "resource_type",
        "schema",
        "tags",
        "undecided",
        "undefined",
        "unique_id",
        "version",
    )

    def __init__(
        self,
        resource_type: str,
        unique_id: str,
        name: str,
        package_name: str,
        path: str,
        original_file_path: str,
        relative_path: str,
        fqn: list[str],
    ) -> None:
        self.resource_type = resource_type
        self.unique_id = unique_id
        self.name = name
        self.package_name = package_name
        self.path = path
        """The file, from the root project."""
        self.original_file_path = original_file_path
        """The file, from its own package: what dbt calls original_file_path."""
        self.relative_path = relative_path
        """What dbt calls `path`."""
        self.fqn = fqn
        self.call: Config = {}
        self.config: Config = {}
        self.references: list[Reference] = []
        self.undecided: dict[str, Undecided] = {}
        self.undefined: tuple[UndefinedCall, ...] = ()
        self.tags: list[str] = []
        self.meta: dict[str, Any] = {}
        self.group: str | None = None
        self.access = "protected"
        self.description = ""
        self.columns: dict[str, Column] = {}
        self.properties_path: str | None = None
        self.version: Any = None
        self.latest_version: Any = None
        self.language = "sql"
        self.incremental = False
        self.database: str | None = None
        self.schema: str | None = None
        self.alias: str | None = name
        self.depends_on: list[str] = []
        self.enabled = True
        self.line = 0
        # of a generic test
        self.attached_node: str | None = None
        self.column_name: str | None = None
        self.extra: dict[str, Any] = {}

    @property
    def search_name(self) -> str:
        """The name `ref()` finds it under."""
        return self.name if self.version is None else f"{self.name}.v{self.version}"

    @property
    def versioned(self) -> bool:
        return self.version is not None

    def finish(self) -> Node:
        """The finished, frozen node."""
        undecided = self.undecided
        config = self.config
        wrong = [key for key, value in config.items() if isinstance(value, Undecided)]
        if wrong:
            undecided = {**undecided, **{f"config.{key}": config[key] for key in wrong}}
            config = {key: value for key, value in config.items() if key not in wrong}
        values: dict[str, Any] = self.extra
        if self.resource_type == "model":
            values = {
                "access": self.access,
                "language": self.language,
                "version": self.version,
                "latest_version": self.latest_version,
                **self.extra,
            }
        elif self.resource_type == "test":
            values = {
                "attached_node": self.attached_node,
                "column_name": self.column_name,
                **self.extra,
            }
        return _STRUCTS[self.resource_type](
            unique_id=self.unique_id,
            name=self.name,
            package_name=self.package_name,
            path=self.path,
            properties_path=self.properties_path,
            description=self.description,
            enabled=self.enabled,
            tags=tuple(self.tags),
            meta=self.meta,
            config=config,
            undecided=undecided,
            fqn=tuple(self.fqn),
            depends_on=tuple(self.depends_on),
            references=tuple(self.references),
            columns=self.columns,
            group=self.group,
            database=self.database,
            schema=self.schema,
            alias=self.alias,
            **values,
        )
