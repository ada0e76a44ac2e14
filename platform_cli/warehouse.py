"""The one door to DuckDB."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from platform_cli.database_file import explain
from platform_cli.errors import ExitCode, PlatformError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection


def connect(path: Path, *, read_only: bool = True) -> DuckDBPyConnection:
    """An open connection; close it (or use `with`), because it keeps other processes out.

    Raises PlatformError (exit code 3) when the file is missing, locked, damaged, no DuckDB
    file, or not ours to open.
    """
    import duckdb

    if read_only and not path.exists():
        # DuckDB says the same for a missing folder only in part; one message for both.
        raise _unusable(f'database "{path}": database does not exist', path)
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except (duckdb.Error, OSError) as error:
        raise _unusable(str(error), path) from error


def rows(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """All rows of one query.

    Raises PlatformError with DuckDB's own words when the query fails.
    """
    import duckdb

    try:
        return connection.execute(sql, list(parameters)).fetchall()
    except duckdb.Error as error:
        known = explain(str(error))
        raise known or PlatformError(
            f"the query failed: {error}",
            hint=f"the query was: {' '.join(sql.split())}",
        ) from error


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with the names of their columns."""

    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]


def first_rows(connection: DuckDBPyConnection, sql: str, limit: int) -> Rows:
    """The first `limit` rows of a query, which may end in a comment or a semicolon.

    Raises PlatformError with DuckDB's own words when the query fails.
    """
    import duckdb

    query = sql.strip().rstrip(";")
    try:
        relation = connection.execute(
            f"select * from (\n{query}\n) limit {int(limit)}"  # noqa: S608  (the user's SQL)
        )
        described = relation.description or []
        values = relation.fetchall()
    except duckdb.Error as error:
        known = explain(str(error))
        raise known or PlatformError(
            f"the query failed: {_LINE.sub(_line_above, str(error))}",
            hint="`platform preview --sql` shows the query",
            exit_code=ExitCode.FINDINGS,
        ) from error
    return Rows(
        columns=tuple(column[0] for column in described),
        values=tuple(values),
    )


_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)


def _line_above(found: re.Match[str]) -> str:
    """DuckDB counts the line that `first_rows` puts before the query."""
    return f"LINE {int(found[1]) - 1}:"


def prepare(connection: DuckDBPyConnection, profile: Mapping[str, Any]) -> str:
    """Loads the extensions, sets the settings and attaches the databases of a dbt profile.

    Returns what of the profile only dbt can do ("plugins", say), or an empty string. Attached
    databases are opened read-only.

    Raises PlatformError with DuckDB's own words when one of them fails.
    """
    import duckdb

    for key in ("config_options", "plugins", "filesystems", "remote", "use_credential_provider"):
        if profile.get(key):
            return key
    try:
        for extension in profile.get("extensions") or ():
            if not isinstance(extension, str):
                return "extensions"
            connection.load_extension(extension)
        for name, value in (profile.get("settings") or {}).items():
            connection.execute(f"set {_quoted(name)} = {_literal(value)}")
        for attached in profile.get("attach") or ():
            if attached.keys() - {"path", "alias", "type", "read_only"}:
                return "attach"
            connection.execute(_attach(attached))
    except duckdb.Error as error:
        known = explain(str(error))
        raise known or PlatformError(
            f"DuckDB cannot do what the profile says: {error}",
            hint="look at extensions, settings and attach in profiles.yml",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    return ""


def relation_kinds(connection: DuckDBPyConnection) -> dict[tuple[str, str, str], str]:
    """Every table and view by database, schema and name, lower case; "table" or "view"."""
    found = rows(
        connection,
        "select database_name, schema_name, table_name, 'table' from duckdb_tables()"
        " union all"
        " select database_name, schema_name, view_name, 'view' from duckdb_views()"
        " where not internal",
    )
    return {(db.lower(), schema.lower(), name.lower()): kind for db, schema, name, kind in found}


def _attach(attached: Mapping[str, Any]) -> str:
    options = ["READ_ONLY"]
    if attached.get("type"):
        options.append(f"TYPE {_quoted(str(attached['type']))}")
    alias = f" as {_quoted(attached['alias'])}" if attached.get("alias") else ""
    return f"attach {_literal(attached['path'])}{alias} ({', '.join(options)})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    return "'" + str(value).replace("'", "''") + "'"


def _unusable(complaint: str, path: Path) -> PlatformError:
    return explain(complaint, str(path)) or PlatformError(
        f"DuckDB cannot open the database: {complaint}",
        hint="`platform doctor` looks at the file and who uses it",
        where=Where(str(path)),
        exit_code=ExitCode.ENVIRONMENT,
    )
