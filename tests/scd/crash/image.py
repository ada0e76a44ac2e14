"""What a DuckDB file holds, to the last value, as something to compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

Image = dict[str, Any]
"""Per table or view: columns with types, the number of rows, the sum of their hashes."""

OWN_RUN = ("run_id", "recorded_at")
"""What two runs on the same data may write differently into the ledger."""

_NAMED = """
select schema_name, table_name from duckdb_tables() where not temporary
union all select schema_name, view_name from duckdb_views() where not internal
order by all
"""


def image(database: Path, *, any_run: bool = False) -> Image:
    """Everything in the file; with `any_run` but for what only names the run."""
    with duckdb.connect(str(database)) as connection:
        return image_of(connection, any_run=any_run)


def image_of(connection: duckdb.DuckDBPyConnection, *, any_run: bool = False) -> Image:
    """Everything that this connection sees."""
    found: Image = {}
    for schema, name in connection.sql(_NAMED).fetchall():
        table = f'"{schema}"."{name}"'
        columns = [row[:2] for row in connection.sql(f"describe {table}").fetchall()]
        left_out = [column for column, _ in columns if any_run and column in OWN_RUN]
        chosen = f"* exclude ({', '.join(left_out)})" if left_out else "*"
        rows = connection.sql(
            f"select count(*), sum(hash(t)::hugeint) from (select {chosen} from {table}) as t"
        ).fetchall()
        found[f"{schema}.{name}"] = (columns, rows)
    return found


def differences(left: Image, right: Image) -> list[str]:
    """The names of what is not the same in both."""
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
