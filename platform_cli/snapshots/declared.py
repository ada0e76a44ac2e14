"""A snapshot as the project's files declare it, read without dbt."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner import SnapshotNode
from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.resources import Snapshot, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.project.project import Project

_NEEDED = (
    "database",
    "schema",
    "alias",
    "config.unique_key",
    "config.snapshot_meta_column_names",
    "config.dbt_valid_to_current",
    "config.updated_at",
)


def snapshot_named(name: str, project: Project) -> Snapshot:
    """The snapshot of that name, or of that unique id.

    Raises PlatformError with near names when there is none, or with what is wrong in its file.
    """
    every = {one.name: one for one in project.of(Snapshot)}
    by_id = {one.unique_id: one for one in every.values()}
    if found := every.get(name) or by_id.get(name):
        return found
    for problem in project.problems:
        if problem.severity == "error" and PurePosixPath(problem.path).stem == name:
            raise PlatformError(problem.message, hint=problem.hint, where=problem.where)
    raise no_such_snapshot(name, every)


def no_such_snapshot(name: str, every: Iterable[str]) -> PlatformError:
    """The error that names the nearest snapshots, or all when none is near."""
    names = sorted(every)
    return PlatformError(
        f"no snapshot is called {name!r}",
        hint=did_you_mean(name, names) or f"there are: {', '.join(names) or 'none'}",
    )


def declared(snapshot: Snapshot) -> SnapshotNode | Undecided:
    """What a run of dbt would know of it, or the first thing that only dbt can tell."""
    for what in _NEEDED:
        if what in snapshot.undecided:
            return snapshot.undecided[what]
    config = snapshot.config
    key = config.get("unique_key")
    names: dict[str, Any] = config.get("snapshot_meta_column_names") or {}
    return SnapshotNode(
        unique_id=snapshot.unique_id,
        name=snapshot.name,
        path=snapshot.path,
        unique_key=tuple(str(one) for one in key) if isinstance(key, list) else (str(key or ""),),
        strategy=str(config.get("strategy") or ""),
        database=snapshot.database or "",
        schema=snapshot.schema or "",
        identifier=snapshot.alias or snapshot.name,
        scd_id=names.get("dbt_scd_id") or "dbt_scd_id",
        updated_at=names.get("dbt_updated_at") or "dbt_updated_at",
        valid_from=names.get("dbt_valid_from") or "dbt_valid_from",
        valid_to=names.get("dbt_valid_to") or "dbt_valid_to",
        is_deleted=names.get("dbt_is_deleted") or "dbt_is_deleted",
        source_updated_at=str(config.get("updated_at") or ""),
        valid_to_current=str(config.get("dbt_valid_to_current") or ""),
    )
