"""The columns that a snapshot's source must have or is said to have: what its tests stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from platform_cli.dbt_runner.results import Parsed


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """One snapshot: by its configuration and the YAML of what it reads.

    `columns` are the names that the configuration uses (key, updated_at, check_cols, ...) and
    those of `types`. `types` are the declared ones, `known` all described columns. `numbers`
    have a tolerance, `times` order the rows. `meta` maps dbt's names (`dbt_valid_from`, ...) to
    those that the history has.
    """

    unique_id: str
    name: str
    path: str
    key: tuple[str, ...]
    columns: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)


def snapshot_sources(parsed: Parsed) -> tuple[SnapshotSource, ...]:
    """The enabled snapshots, by name."""
    nodes = (n for n in parsed.manifest.nodes.values() if n.resource_type == "snapshot")
    return tuple(sorted((_source(node, parsed) for node in nodes), key=lambda one: one.name))


def _source(node: Any, parsed: Parsed) -> SnapshotSource:
    config = node.config
    scd = (config.meta or {}).get("scd")
    scd = scd if isinstance(scd, dict) else {}
    meta: dict[str, str] = dict(config.snapshot_table_column_names)
    described = {
        column.name: column.data_type or ""
        for one in (*_parents(node, parsed), node)
        for column in one.columns.values()
        if column.name not in meta.values()
    }
    types = {name: kind for name, kind in described.items() if kind}
    key = tuple(_columns(config.unique_key))
    times = tuple(_columns(config.updated_at))
    numbers = tuple(scd["tolerance"]) if isinstance(scd.get("tolerance"), dict) else ()
    named = [
        *key,
        *times,
        *(_columns(config.check_cols) if config.check_cols != "all" else ()),
        *(name for setting in _NAMING for name in _columns(scd.get(setting))),
        *numbers,
        *types,
    ]
    return SnapshotSource(
        unique_id=node.unique_id,
        name=node.name,
        path=node.original_file_path,
        key=key,
        columns=tuple(dict.fromkeys(named)),
        types=types,
        known=tuple(described),
        numbers=numbers,
        times=times,
        meta=meta,
    )


_NAMING = ("track_columns", "ignore_columns", "ignore_null_updates", "sequence_by")


def _parents(node: Any, parsed: Parsed) -> tuple[Any, ...]:
    """What the snapshot reads, when its columns are the source's: one relation, read whole."""
    manifest = parsed.manifest
    ids = node.depends_on.nodes
    if len(ids) != 1 or not _reads_whole(node):
        return ()
    parent = manifest.nodes.get(ids[0]) or manifest.sources.get(ids[0])
    return (parent,) if parent is not None else ()


def _reads_whole(node: Any) -> bool:
    """Whether the snapshot has no SQL of its own: a `relation:` in YAML, or select * from it."""
    return re.match(r"\s*select\s+\*\s+from\b", node.raw_code, re.IGNORECASE) is not None


def _columns(given: Any) -> Iterator[str]:
    """The plain names in a setting: a name, or a list of names and expressions."""
    for name in given if isinstance(given, list) else [given]:
        bare = str(name).strip().strip('"') if isinstance(name, str) else ""
        if bare and not set(bare) & set("()|,:+'"):
            yield bare
