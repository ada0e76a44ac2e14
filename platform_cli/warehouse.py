"""The one door to DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, Any

from platform_cli.database_file import explain
from platform_cli.errors import ExitCode, PlatformError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from duckdb import DuckDBPyConnection

    Connection: TypeAlias = DuckDBPyConnection


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


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """All that is done inside, or, when anything is raised there (Ctrl-C too), nothing of it."""
    rows(connection, "begin transaction")
    try:
        yield
        rows(connection, "commit")
    except BaseException:
        # After a failed commit there is nothing left to roll back.
        with suppress(PlatformError):
            rows(connection, "rollback")
        raise


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


def prepare(
    connection: DuckDBPyConnection, profile: Mapping[str, Any], *, read_only: bool = True
) -> str:
    """Loads the extensions, sets the settings and attaches the databases of a dbt profile.

    Returns what of the profile only dbt can do ("plugins", say), or an empty string. Attached
    databases are opened read-only, unless `read_only` is False and the profile does not say so.

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
            connection.execute(f"set {quoted(name)} = {literal(value)}")
        for attached in profile.get("attach") or ():
            if attached.keys() - {"path", "alias", "type", "read_only"}:
                return "attach"
            connection.execute(_attach(attached, read_only=read_only))
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


def relation_columns(connection: DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    """Name and type of every column of a relation, which is written as SQL.

    Raises PlatformError with DuckDB's own words when there is no such relation.
    """
    return [
        (name, kind)
        for name, kind in rows(
            connection,
            f"select column_name, column_type from (describe {relation})",  # noqa: S608  (SQL already)
        )
    ]


def _attach(attached: Mapping[str, Any], *, read_only: bool) -> str:
    options = ["READ_ONLY"] if read_only or attached.get("read_only") else []
    if attached.get("type"):
        options.append(f"TYPE {quoted(str(attached['type']))}")
    alias = f" as {quoted(attached['alias'])}" if attached.get("alias") else ""
    how = f" ({', '.join(options)})" if options else ""
    return f"attach {literal(attached['path'])}{alias}{how}"


def quoted(name: str) -> str:
    """A name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A value as a literal of SQL."""
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


_BATCH = 1000


class InMemory:
    """A database of its own in memory, that reaches neither files nor the network."""

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect(
            ":memory:",
            config={"enable_external_access": "false", "threads": "1", "memory_limit": "1GB"},
        )

    def fill(self, name: str, columns: Mapping[str, str], rows: str) -> None:
        """A table of the rows, a JSON object per line, with these columns and types.

        What a row does not have is NULL. A table of that name is replaced.
        """
        shape = ", ".join(f'"{column}":"{kind}"' for column, kind in columns.items())
        # Line by line: of one array of all rows DuckDB takes three times as long.
        self._connection.execute(
            f"create or replace table {quoted(name)} as select unnest(one) from"  # noqa: S608  (ours)
            f" (select from_json(line, '{{{shape}}}') as one from"
            "  (select unnest(string_split(?, chr(10))) as line) where line <> '')",
            [rows],
        )

    def query(self, sql: str, seconds: float) -> Iterator[dict[str, Any]]:
        """The rows of the last statement, fetched as they are asked for.

        Raises PlatformError with DuckDB's own words when it fails, TimeoutError when it is stopped
        because it runs longer than `seconds`, what is done with its rows included.
        """
        import duckdb

        stop = Timer(seconds, self._connection.interrupt)
        stop.start()
        try:
            found = self._connection.execute(sql)
            columns = [column[0] for column in found.description or ()]
            while columns and (batch := found.fetchmany(_BATCH)):
                for values in batch:
                    yield dict(zip(columns, values, strict=True))
        except duckdb.InterruptException as error:
            raise TimeoutError(str(error)) from error
        except duckdb.Error as error:
            raise PlatformError(str(error)) from error
        finally:
            stop.cancel()
            # One that goes off now would stop the next query.
            stop.join()
