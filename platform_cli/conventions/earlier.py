"""What public models promised earlier: before this branch, or in the manifest of an earlier run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from platform_cli.project.project import Project
from platform_cli.project.resources import Model

if TYPE_CHECKING:
    from platform_cli.project.selection.state import Manifest

_SIZE = re.compile(r"\(.*?\)")
_SAME_TYPES = {
    **dict.fromkeys(("int", "int4", "signed"), "integer"),
    **dict.fromkeys(("int8", "long"), "bigint"),
    **dict.fromkeys(("text", "string", "char", "bpchar", "character varying"), "varchar"),
    **dict.fromkeys(("float8", "double precision"), "double"),
    **dict.fromkeys(("float4", "real"), "float"),
    **dict.fromkeys(("bool", "logical"), "boolean"),
    **dict.fromkeys(("datetime", "timestamp without time zone"), "timestamp"),
    **dict.fromkeys(("timestamp with time zone",), "timestamptz"),
    "numeric": "decimal",
}


class Promise(Struct, frozen=True):
    """A public model with an enforced contract, as it was: the types by the column's name."""

    name: str
    path: str
    columns: dict[str, str | None]
    deprecated: bool = False


class Earlier(Struct, frozen=True):
    """The promises of the project as it was, by unique id."""

    promises: dict[str, Promise]


def earlier_of_project(project: Project) -> Earlier:
    """The promises of a project that was read; what only dbt can tell of it promises nothing."""
    return Earlier(
        {
            model.unique_id: Promise(
                name=model.name,
                path=model.path,
                columns={column.name: column.data_type for column in model.columns.values()},
                deprecated=bool(model.deprecation_date),
            )
            for model in project.of(Model)
            if model.package_name == project.name and is_promise(model)
        }
    )


def earlier_of_manifest(manifest: Manifest, project: str) -> Earlier:
    """The promises in a manifest, as far as they are the project's own."""
    promises = {}
    for unique_id, before in manifest.nodes.items():
        contract = before.config.get("contract")
        enforced = isinstance(contract, dict) and contract.get("enforced")
        if unique_id.startswith(f"model.{project}.") and before.access == "public" and enforced:
            promises[unique_id] = Promise(
                name=before.name,
                path=before.original_file_path,
                columns={name: one.get("data_type") for name, one in before.columns.items()},
                deprecated=bool(before.deprecation_date),
            )
    return Earlier(promises)


def is_promise(model: Model) -> bool:
    """Whether others may build on its columns."""
    contract = model.config.get("contract")
    return model.access == "public" and bool(
        isinstance(contract, dict) and contract.get("enforced")
    )


def same_type(one: str | None, other: str | None) -> bool:
    """Whether two types are one, but for their size and their other names."""
    return one is None or other is None or _plain(one) == _plain(other)


def _plain(written: str) -> str:
    name = " ".join(_SIZE.sub("", written).lower().split())
    return _SAME_TYPES.get(name, name)
