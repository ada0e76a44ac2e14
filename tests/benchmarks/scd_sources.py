"""What the snapshot benchmarks read: sources of ten columns, and events, the same bytes each time.

`src` is the source of the first run, `src_next` that of the second. Of a state: 1 % of the rows
changed, 0.1 % gone, 0.1 % new. Of events: a shuffled change log with about three events for each
key, then 1 % as many that belong between them.
"""

from pathlib import Path

import duckdb

_VALUES = """\
cast(hash({0}, 1) % 100000 as integer) as i1, cast(hash({0}, 2) % 1000 as integer) as i2,
    cast(hash({0}, 3) % 1000000 as double) / 997 as d1,
    cast(hash({0}, 4) % 1000000 as double) / 1009 as d2,
    cast(cast(hash({0}, 5) % 100000000 as bigint) / 100.0 as decimal(12, 2)) as m1,
    cast(cast(hash({0}, 6) % 1000000 as bigint) / 10000.0 as decimal(18, 4)) as m2,
    'name_' || hash({0}, 7) % 10000000 || '_' || {1} as s1, 'city_' || hash({0}, 8) % 500 as s2"""
_TIME = "timestamp '2024-01-01' + to_seconds(cast(hash({0}, 9) % 20000000 as bigint)) as updated_at"
_ROW = f"cast({{0}} as integer) as id, {_VALUES}, {_TIME}"


def _open(file: Path) -> duckdb.DuckDBPyConnection:
    """The database; without the bar that DuckDB draws over what a benchmark says."""
    connection = duckdb.connect(str(file))
    connection.execute("set enable_progress_bar = false")
    return connection


def state_sources(file: Path, rows: int) -> None:
    """Put `src` and `src_next` into a new database file."""
    row = _ROW.format("i", "i")
    changed = "hash(id, 20) % 100 = 0"
    with _open(file) as connection:
        connection.execute(f"create table src as select {row} from range(1, {rows} + 1) as t(i)")
        connection.execute(f"""
            create table src_next as
            select * replace (
                case when {changed} and id % 3 = 0 then i2 + 1 else i2 end as i2,
                case when {changed} and id % 3 = 1 then d2 + 1 else d2 end as d2,
                case when {changed} and id % 3 = 2 then s1 || 'x' else s1 end as s1,
                case when {changed} then timestamp '2024-10-01' else updated_at end as updated_at
            )
            from src where hash(id, 21) % 1000 <> 0
            union all
            select {row} from range({rows} + 1, {rows} + {rows} // 1000 + 1) as t(i)
        """)


def next_source(file: Path) -> None:
    """The second source takes the place of the first."""
    with _open(file) as connection:
        connection.execute("drop table src")
        connection.execute("alter table src_next rename to src")


def same_source(file: Path) -> None:
    """The source of the second run is that of the first."""
    with _open(file) as connection:
        connection.execute("drop table src_next")


def change_some(file: Path, step: int) -> None:
    """1 % of the rows of `src` change, others for each step."""
    with _open(file) as connection:
        connection.execute(
            "update src set i2 = i2 + 1, updated_at = timestamp '2024-10-01' + to_hours(?)"
            " where hash(id, ?) % 100 = 0",
            [step, 100 + step],
        )


def event_sources(file: Path, events: int) -> None:
    """Put `src` and `src_next`, both events, into a new database file."""
    keys = max(events * 3 // 10, 1)
    with _open(file) as connection:
        for table, count, salt in (("src", events, 0), ("src_next", events // 100, 1000)):
            connection.execute(f"""
                create table {table} as
                with drawn as (
                    select
                        cast(hash(j, {salt} + 1) % {keys} as integer) as id,
                        timestamp '2024-01-01'
                        + to_microseconds(cast(hash(j, {salt} + 2) % 20000000000000 as bigint))
                        as updated_at,
                        hash(j, {salt} + 3) % 100 < 4 as is_delete,
                        case when hash(j, {salt} + 4) % 10 < 2 then 0
                            else cast(hash(j, {salt} + 5) % 100000 as integer) end as v,
                        j
                    from range({count}) as t(j)
                ),
                repeated as (
                    select * from drawn union all select * from drawn where hash(j, 77) % 50 = 0
                )
                select id, updated_at, is_delete, {_VALUES.format("id, v", "id")}
                from repeated order by hash(j, 78), j
            """)
