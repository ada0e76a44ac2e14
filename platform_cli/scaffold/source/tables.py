"""The tables of a schema as they could stand in a source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.scaffold.source.found_table import FoundTable

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection


def schemas(connection: Connection) -> dict[str, str]:
    """The schemas of the connection's own database, by their names in lower case."""
    from platform_cli.warehouse import rows

    found = rows(
        connection,
        "select schema_name from duckdb_schemas()"
        " where database_name = current_database() and (not internal or schema_name = 'main')",
    )
    return {name.lower(): name for (name,) in found}


def schema_named(connection: Connection, name: str) -> str:
    """The schema of that name, as the database writes it.

    Raises PlatformError, with near names, when there is none.
    """
    known = schemas(connection)
    if name.lower() not in known:
        raise PlatformError(
            f"the database has no schema {name!r}",
            hint=did_you_mean(name.lower(), known) or f"it has {', '.join(sorted(known.values()))}",
        )
    return known[name.lower()]


def unwritable(tables: Iterable[str]) -> list[str]:
    """The names that dbt cannot use: it renders Jinja, and does not double a quote."""
    return [one for one in tables if any(part in one for part in ('"', "{{", "{%", "{#"))]


def found_tables(connection: Connection, schema: str, wanted: Sequence[str]) -> list[FoundTable]:
    """The tables and views of a schema with their columns, or those that are wanted.

    Raises PlatformError, with near names, for one that is not there, and when there are none.
    """
    from platform_cli.warehouse import quoted, rows

    found = rows(
        connection,
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and schema_name = ? and not internal"
        " order by table_name, column_index",
        [schema],
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, type_ in found:
        columns.setdefault(table, []).append((column, type_))
    names = chosen(columns, wanted, f"schema {schema}")
    return [
        FoundTable(name, tuple(columns[name]), f"{quoted(schema)}.{quoted(name)}") for name in names
    ]


def chosen(known: Collection[str], wanted: Sequence[str], place: str) -> list[str]:
    """The wanted ones of the known names, in any case; all when none is wanted.

    Raises PlatformError, with near names, for one that is not there, and when there are none.
    """
    if not known:
        raise PlatformError(f"there are no tables in {place}", hint="nothing was written")
    if not wanted:
        return list(known)
    by_name = {one.lower(): one for one in known}
    for one in wanted:
        if one.lower() not in by_name:
            near = did_you_mean(one.lower(), by_name)
            some = ", ".join(sorted(known)[:_SHOWN])
            raise PlatformError(
                f"there is no table {one!r} in {place}",
                hint=near or f"there are {some}{', ...' if len(known) > _SHOWN else ''}",
            )
    return list(dict.fromkeys(by_name[one.lower()] for one in wanted))


_SHOWN = 8
