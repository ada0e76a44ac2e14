"""The one door to DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from platform_cli.database_file import explain
from platform_cli.errors import ExitCode, PlatformError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def _unusable(complaint: str, path: Path) -> PlatformError:
    return explain(complaint, str(path)) or PlatformError(
        f"DuckDB cannot open the database: {complaint}",
        hint="`platform doctor` looks at the file and who uses it",
        where=Where(str(path)),
        exit_code=ExitCode.ENVIRONMENT,
    )
