"""The columns that stand in files: a seed's header, a properties file, what dbt adds to history."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from platform_cli.project.lineage.made import How, MadeColumn, MadeColumns, OpenStar
from platform_cli.project.resources import Model, Seed, Snapshot, Source, column_named

WithColumns = Model | Seed | Snapshot | Source
_META = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to")


def seed_columns(root: Path, seed: Seed) -> MadeColumns:
    """The header of the CSV file, with the types that the config sets."""
    types = seed.config.get("column_types") or {}
    typed = {str(name).lower(): str(type_) for name, type_ in types.items()}
    delimiter = str(seed.config.get("delimiter") or ",")
    try:
        with (root / seed.path).open(newline="", encoding="utf-8-sig") as file:
            header = next(csv.reader(file, delimiter=delimiter), [])
    except (OSError, UnicodeDecodeError, csv.Error, TypeError) as error:
        return declared_only(seed, f"{seed.path} cannot be read: {error}")
    columns = (
        MadeColumn(name, "given", type=_type(seed, name) or typed.get(name.lower()))
        for name in header
    )
    return MadeColumns(tuple(columns))


def source_columns(source: Source) -> MadeColumns:
    """What its YAML lists; nobody knows whether that is all."""
    why = f"{source.source_name}.{source.name} may have columns that its YAML does not list"
    return MadeColumns(tuple(_declared(source, "")), (OpenStar("", why),))


def declared_only(resource: WithColumns, why: str) -> MadeColumns:
    """The columns of one whose text says nothing, and the reason."""
    return MadeColumns(tuple(_declared(resource, why)), undecided=why)


def added_to_history(snapshot: Snapshot) -> Iterator[str]:
    """The columns that dbt adds to a snapshot's query."""
    names = snapshot.config.get("snapshot_meta_column_names") or {}
    new_record = snapshot.config.get("hard_deletes") == "new_record"
    for name in (*_META, "dbt_is_deleted") if new_record else _META:
        yield str(names.get(name) or name)


def declared_type(resource: WithColumns, name: str) -> str | None:
    """The type that the properties file declares for a column."""
    return _type(resource, name)


def _declared(resource: WithColumns, why: str) -> Iterator[MadeColumn]:
    how: How = "unknown" if why else "given"
    for one in resource.columns.values():
        yield MadeColumn(one.name, how, type=one.data_type, why=why)


def _type(resource: WithColumns, name: str) -> str | None:
    column = column_named(resource.columns, name)
    return column.data_type if column else None
