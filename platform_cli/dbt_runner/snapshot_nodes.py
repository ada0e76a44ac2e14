"""The snapshots of a parsed project: their keys, their history table, where past files lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner.declared_line import declared_line
from platform_cli.errors import Where

if TYPE_CHECKING:
    from pathlib import Path

    from platform_cli.dbt_runner.results import Parsed


@dataclass(frozen=True, slots=True)
class SnapshotNode:
    """A snapshot as dbt configured it.

    `unique_key` holds SQL expressions, as dbt takes them. `database`, `schema`, and `identifier`
    name the history table. `scd_id`, `updated_at`, `valid_from`, `valid_to` and `is_deleted` are
    what it calls dbt's own columns, `source_updated_at` is the column of `config.updated_at` (or
    empty), `valid_to_current` the SQL for the end of an open version (empty: NULL).
    `backfill_files` and `backfill_var` come from `meta.scd.backfill` and are empty without it;
    `backfill_var_is_read` says there that the variable is read, whatever the files look like;
    `backfill_keys` are all keys that are set there. `line` is where its file declares it, None
    when that is not to be found.
    """

    unique_id: str
    name: str
    path: str
    unique_key: tuple[str, ...]
    strategy: str
    database: str
    schema: str
    identifier: str
    scd_id: str = "dbt_scd_id"
    updated_at: str = "dbt_updated_at"
    valid_from: str = "dbt_valid_from"
    valid_to: str = "dbt_valid_to"
    is_deleted: str = "dbt_is_deleted"
    source_updated_at: str = ""
    valid_to_current: str = ""
    backfill_files: str = ""
    backfill_var: str = ""
    backfill_var_is_read: bool = False
    backfill_keys: tuple[str, ...] = ()
    line: int | None = None

    def where(self) -> Where:
        """The place that declares it."""
        return Where(self.path, self.line)


def snapshot_nodes(parsed: Parsed, project: Path) -> tuple[SnapshotNode, ...]:
    """The enabled snapshots, by name."""
    nodes = (n for n in parsed.manifest.nodes.values() if n.resource_type == "snapshot")
    return tuple(sorted((_snapshot(node, project) for node in nodes), key=lambda one: one.name))


def heeds_run_at(parsed: Parsed) -> bool:
    """Whether a macro of the project or its packages reads the variable `platform_run_at`."""
    macros = parsed.manifest.macros.values()
    return any("platform_run_at" in macro.macro_sql for macro in macros)


def _snapshot(node: Any, project: Path) -> SnapshotNode:
    config = node.config
    key = config.unique_key
    names = config.snapshot_meta_column_names
    scd = (config.meta or {}).get("scd") or {}
    backfill = scd.get("backfill") if isinstance(scd, dict) else None
    backfill = backfill if isinstance(backfill, dict) else {}
    return SnapshotNode(
        unique_id=node.unique_id,
        name=node.name,
        path=node.original_file_path,
        unique_key=tuple(key) if isinstance(key, list) else (str(key),),
        strategy=str(config.strategy),
        database=node.database or "",
        schema=node.schema,
        identifier=node.alias,
        scd_id=getattr(names, "dbt_scd_id", None) or "dbt_scd_id",
        updated_at=getattr(names, "dbt_updated_at", None) or "dbt_updated_at",
        valid_from=getattr(names, "dbt_valid_from", None) or "dbt_valid_from",
        valid_to=getattr(names, "dbt_valid_to", None) or "dbt_valid_to",
        is_deleted=getattr(names, "dbt_is_deleted", None) or "dbt_is_deleted",
        source_updated_at=str(config.updated_at or ""),
        valid_to_current=str(config.dbt_valid_to_current or ""),
        backfill_files=str(backfill.get("files") or ""),
        backfill_var=str(backfill.get("var") or ""),
        backfill_var_is_read=backfill.get("var_is_read") is True,
        backfill_keys=tuple(map(str, backfill)),
        line=declared_line(node.name, project / node.original_file_path),
    )


def takes_our_snapshots(parsed: Parsed) -> bool:
    """Whether the root project hands its snapshots to `platform_macros`."""
    root = parsed.manifest.metadata.project_name
    macros = parsed.manifest.macros
    return "macro.platform_macros.scd_snapshot" in macros and any(
        macro.package_name == root
        and macro.name.startswith("materialization_snapshot_")
        and "platform_macros" in macro.macro_sql
        for macro in macros.values()
    )
