"""What the quick player needs to know of a database, beside what dbt's adapter knows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Protocol

from tests.scd.properties.case import Case, quoted
from tests.scd.properties.play import Dump, dump_of


class Store(Protocol):
    """Where the histories lie."""

    place: dict[str, str]
    """The settings that say where."""

    def translated(self, case: Case) -> Case:
        """The case with types as this database calls them."""

    def drop(self, table: str) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...

    def tables(self) -> set[str]:
        """As another connection sees them, like the following."""

    def count(self, table: str) -> int: ...
    def dump(self, table: str) -> Dump:
        """Types are called as in DuckDB."""


class DuckDb:
    """A DuckDB in memory; what dbt's adapter does not commit, it never began."""

    def __init__(self, handle: Any) -> None:
        self.place = {"database": "memory", "schema": "main"}
        self._writer = handle.cursor()
        self._writer.execute("set threads = 1")  # rows are few: more only wait for each other
        self._reader = self._writer.cursor()
        self._reader.execute("set TimeZone = 'UTC'")

    def translated(self, case: Case) -> Case:
        return case

    def drop(self, table: str) -> None:
        self._writer.execute(f"drop table if exists main.{table}")

    def commit(self) -> None:
        pass

    def rollback(self) -> None:
        pass

    def tables(self) -> set[str]:
        asked = "select table_name from duckdb_tables() where database_name = 'memory'"
        return {name for (name,) in self._reader.execute(asked).fetchall()}

    def count(self, table: str) -> int:
        ((number,),) = self._reader.execute(f"select count(*) from main.{table}").fetchall()
        return int(number)

    def dump(self, table: str) -> Dump:
        return dump_of(self._reader, table)


SCHEMA = "plays"
_NAMES = {
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "character varying": "VARCHAR",
    "date": "DATE",
    "double precision": "DOUBLE",
    "integer": "INTEGER",
    "json": "JSON",
    "text": "VARCHAR",
    "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
    "timestamp without time zone": "TIMESTAMP",
}


class PostgreSql:
    """A PostgreSQL server, where a first statement begins a transaction by itself."""

    def __init__(self, handle: Any) -> None:
        import psycopg2

        self.place = {"database": "postgres", "schema": SCHEMA}
        self._writer = handle
        self._reader = psycopg2.connect(handle.dsn, password=handle.info.password)
        self._reader.autocommit = True
        self._rows("set time zone 'UTC'")

    def translated(self, case: Case) -> Case:
        return case.with_batches(
            [
                replace(
                    batch,
                    columns=[
                        (name, "double precision" if kind == "DOUBLE" else kind)
                        for name, kind in batch.columns
                    ],
                )
                for batch in case.batches
            ]
        )

    def drop(self, table: str) -> None:
        self._rows(f'drop table if exists {SCHEMA}."{table}"')

    def commit(self) -> None:
        self._writer.commit()

    def rollback(self) -> None:
        self._writer.rollback()

    def tables(self) -> set[str]:
        asked = f"select tablename from pg_tables where schemaname = '{SCHEMA}'"
        return {name for (name,) in self._rows(asked)}

    def count(self, table: str) -> int:
        ((number,),) = self._rows(f'select count(*) from {SCHEMA}."{table}"')
        return int(number)

    def dump(self, table: str) -> Dump:
        described = self._rows(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute"
            f" where attrelid = '{SCHEMA}.\"{table}\"'::regclass and attnum > 0"
            " and not attisdropped order by attnum"
        )
        # psycopg2 would read JSON.
        items = ", ".join(
            quoted(name) + ("::text" if kind == "json" else "") for name, kind in described
        )
        rows = self._rows(f'select {items} from {SCHEMA}."{table}"')
        return Dump({name: type_of(kind) for name, kind in described}, rows)

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._reader.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []


def type_of(kind: str) -> str:
    """PostgreSQL's type as DuckDB calls it."""
    if decimal := re.fullmatch(r"numeric(\(.*\))", kind):
        return "DECIMAL" + decimal[1]
    return _NAMES.get(kind, kind)
