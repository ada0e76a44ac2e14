"""A history as it lies in the DuckDB file: its tables, its columns, and which versions are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.recorded_runs import Columns, Run, runs
from platform_cli.warehouse import quoted, rows

if TYPE_CHECKING:
    from platform_cli.dbt_runner import SnapshotNode
    from platform_cli.errors import Where
    from platform_cli.warehouse import Connection

META = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")


@dataclass(frozen=True, slots=True)
class HistoryTable:
    """One history. Names of columns are as the table spells them.

    `meta` are dbt's own columns by dbt's name for them; without records of deletion there is no
    `dbt_is_deleted`. `key` is SQL, one expression per part of the key, and `key_types` their
    types ("" of an expression). `is_open` is SQL, true of a version that is open. `kind` is
    "table" or "view". `runs` is empty for a history that our engine has not written yet.
    `beside` are the suffixes (`__undo`, ...) of the tables that lie beside it.
    """

    node: SnapshotNode
    kind: str
    columns: Columns
    meta: dict[str, str]
    key: tuple[str, ...]
    key_types: tuple[str, ...]
    is_open: str
    runs: tuple[Run, ...]
    beside: frozenset[str]

    @property
    def name(self) -> str:
        """The snapshot's name."""
        return self.node.name

    def table(self, suffix: str = "") -> str:
        """Its name, or that of a table beside it, as SQL."""
        parts = (self.node.database, self.node.schema, self.node.identifier + suffix)
        return ".".join(quoted(part) for part in parts if part)

    def col(self, part: str) -> str:
        """One of dbt's own columns, as SQL."""
        return quoted(self.meta[part])

    @property
    def data(self) -> tuple[str, ...]:
        """The columns that are not dbt's own: those of the source."""
        own = set(self.meta.values())
        return tuple(name for name, _ in self.columns if name not in own)

    @property
    def deleted(self) -> str:
        """SQL: is a version a record of deletion."""
        if "dbt_is_deleted" not in self.meta:
            return "false"
        return f"coalesce(lower(cast({self.col('dbt_is_deleted')} as varchar)) = 'true', false)"

    def where(self) -> Where:
        """The place that declares it."""
        return self.node.where()


def find_history(connection: Connection, node: SnapshotNode) -> HistoryTable | None:
    """The history of a snapshot, None when there is no such table.

    Raises PlatformError (exit code 1) when the table lacks a column that every history has, when
    its starts and its ends are of types that cannot be compared, or when dbt_valid_to_current is
    no time.
    """
    tables = _tables(connection, node)
    if "" not in tables:
        return None
    kind, columns = tables[""]
    recorded = runs(connection, _name(node, "__runs")) if "__runs" in tables else ()
    meta = _meta(node, columns, recorded)
    _insist_on_like_types(node, meta, dict(columns))
    _insist_on_an_end(connection, node, dict(columns)[meta["dbt_valid_to"]])
    key, key_types = key_parts(node.unique_key, columns)
    return HistoryTable(
        node=node,
        kind=kind,
        columns=columns,
        meta=meta,
        key=key,
        key_types=key_types,
        is_open=_is_open(node, meta, dict(columns), recorded),
        runs=recorded,
        beside=frozenset(tables) - {""},
    )


def history_of(connection: Connection, node: SnapshotNode) -> HistoryTable:
    """The history of a snapshot that must be there.

    Raises PlatformError (exit code 1) when it is not, or is no history.
    """
    found = find_history(connection, node)
    if found is None:
        raise gone(connection, node) or PlatformError(
            f"{node.name} has no history yet: there is no table {_name(node, '')}",
            where=node.where(),
            hint=f"take the first look: platform snapshot --select {node.name}",
            exit_code=ExitCode.FINDINGS,
        )
    return found


def gone(connection: Connection, node: SnapshotNode) -> PlatformError | None:
    """What to say of a table that is not there although a run on record left versions in it."""
    ledger = "__runs" in _tables(connection, node)
    recorded = runs(connection, _name(node, "__runs")) if ledger else ()
    if not recorded or not recorded[-1].versions:
        return None
    last = recorded[-1]
    return PlatformError(
        f"the history of {node.name} is gone: there is no table {_name(node, '')}, though run"
        f" {last.number}, of {last.at}, left {last.versions:,} versions in it",
        where=node.where(),
        hint="bring the table back; to begin a new one:"
        f" platform snapshot --select {node.name} --allow missing-history",
        exit_code=ExitCode.FINDINGS,
    )


def insist_on_a_table(history: HistoryTable) -> None:
    """Raise PlatformError (exit code 1) when it is a view, which cannot be written."""
    if history.kind != "table":
        raise PlatformError(
            f"{history.table()} is a {history.kind}, not a table: there is nothing to write to",
            where=history.where(),
            hint="repair or rewind the table that it shows",
            exit_code=ExitCode.FINDINGS,
        )


def _tables(connection: Connection, node: SnapshotNode) -> dict[str, tuple[str, Columns]]:
    """Kind and columns by suffix, of the history and of what lies beside it."""
    found = rows(
        connection,
        """
        select c.table_name, case when v.view_name is null then 'table' else 'view' end,
            c.column_name, c.data_type
        from duckdb_columns() as c
        left join duckdb_views() as v
            on v.database_name = c.database_name and v.schema_name = c.schema_name
            and v.view_name = c.table_name
        where lower(c.database_name) = lower(coalesce(nullif(?, ''), current_database()))
            and lower(c.schema_name) = lower(?) and starts_with(lower(c.table_name), lower(?))
        order by c.table_name, c.column_index
        """,
        [node.database, node.schema, node.identifier],
    )
    tables: dict[str, tuple[str, Columns]] = {}
    for table, kind, column, type_ in found:
        suffix = table[len(node.identifier) :]
        if suffix and not suffix.startswith("__"):
            continue
        _, before = tables.get(suffix, ("", ()))
        tables[suffix] = (kind, (*before, (column, type_)))
    return tables


def _name(node: SnapshotNode, suffix: str) -> str:
    parts = (node.database, node.schema, node.identifier + suffix)
    return ".".join(quoted(part) for part in parts if part)


def _meta(node: SnapshotNode, columns: Columns, recorded: tuple[Run, ...]) -> dict[str, str]:
    """The names of the last run or, where there is none, of today's configuration."""
    there = {name.lower(): name for name, _ in columns}
    before = recorded[-1].meta if recorded else {}
    wanted = (node.scd_id, node.updated_at, node.valid_from, node.valid_to, node.is_deleted)
    meta = {}
    for part, name in zip(META, wanted, strict=True):
        names = (before.get(part) or "", name, part)
        found = next((there[one.lower()] for one in names if one.lower() in there), None)
        if found:
            meta[part] = found
        elif part != "dbt_is_deleted":
            raise PlatformError(
                f"the table {_name(node, '')} has no column {name}, so it is no history of"
                f" {node.name}",
                where=node.where(),
                hint="if it is, say with snapshot_meta_column_names how its columns are called",
                exit_code=ExitCode.FINDINGS,
            )
    return meta


def _insist_on_like_types(node: SnapshotNode, meta: dict[str, str], types: dict[str, str]) -> None:
    """Both are times, or both are something else, as a text or a number in `updated_at`."""
    start, end = meta["dbt_valid_from"], meta["dbt_valid_to"]
    times = [name for name in (start, end) if is_time(types[name])]
    if len(times) != 1:
        return
    (time,) = times
    other = end if time == start else start
    raise PlatformError(
        f"{_name(node, '')}: the column {other} is {types[other]}, and {time} is {types[time]}:"
        " something else than a run has changed its type",
        where=node.where(),
        hint=f"give it back its type: alter table {_name(node, '')} alter {quoted(other)} type"
        f" {types[time]}",
        exit_code=ExitCode.FINDINGS,
    )


def _insist_on_an_end(connection: Connection, node: SnapshotNode, type_: str) -> None:
    if not node.valid_to_current:
        return
    try:
        rows(connection, f"select cast({node.valid_to_current} as {type_})")
    except PlatformError as error:
        said, _, _ = error.message.partition("\n")
        raise PlatformError(
            f"{node.name}: dbt_valid_to_current is {node.valid_to_current}, and that is no time in"
            f" DuckDB: {said}",
            where=node.where(),
            hint="write it as DuckDB does: dbt_valid_to_current: \"timestamp '9999-12-31'\"",
            exit_code=ExitCode.FINDINGS,
        ) from None


def is_time(type_: str) -> bool:
    """Whether a type of DuckDB is a date or a time."""
    return type_ == "DATE" or type_.startswith("TIMESTAMP")


def key_parts(
    unique_key: tuple[str, ...], columns: Columns
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A key as `HistoryTable.key` and `HistoryTable.key_types` have it."""
    parts = [_part(one, columns) for one in unique_key]
    return tuple(sql for sql, _ in parts), tuple(type_ for _, type_ in parts)


def _part(given: str, columns: Columns) -> tuple[str, str]:
    """A part of the key as SQL, and its type; as in dbt it is a column or an expression."""
    bare = given.strip().removeprefix('"').removesuffix('"').lower()
    for name, type_ in columns:
        if name.lower() == bare:
            return quoted(name), type_
    return f"({given})", ""


def _is_open(
    node: SnapshotNode, meta: dict[str, str], types: dict[str, str], recorded: tuple[Run, ...]
) -> str:
    name = meta["dbt_valid_to"]
    end = quoted(name)
    ends = [node.valid_to_current, recorded[-1].valid_to_current if recorded else ""]
    known = [f"{end} = cast({one} as {types[name]})" for one in dict.fromkeys(ends) if one]
    return f"({' or '.join([f'{end} is null', *known])})"
