"""The best SQL we can write by hand for one run of one snapshot: what a run is measured against.

python -P -m tests.benchmarks.scd_hand FILE KIND TIME

No guards, no look at keys or at what was written, no undo: only the new history. How the texts
were chosen is in RESULTS.md.
"""

import sys

import duckdb

_DATA = ("i1", "i2", "d1", "d2", "m1", "m2", "s1", "s2", "updated_at")
_EVENT = _DATA[:-1]
# So many events fit into 1.5 GB with their windows.
_PARTITION = 2_500_000


def _id(start: str) -> str:
    """SQL: the version's id, each part with its length before it."""
    parts = [
        f"strlen(cast({part} as varchar)), ':', cast({part} as varchar)" for part in ("id", start)
    ]
    return f"md5(concat({', '.join(parts)}))"


def _version(start: str, updated: str) -> str:
    columns = ", ".join(_DATA)
    return (
        f"id, {columns}, {_id(start)} as dbt_scd_id, {updated} as dbt_updated_at,"
        f" {start} as dbt_valid_from, cast(null as timestamp) as dbt_valid_to"
    )


def first(kind: str, at: str) -> list[str]:
    """The first load."""
    start = f"timestamp '{at}'" if kind == "check" else "updated_at"
    return [f"create table snp as select {_version(start, start)} from src"]


def second(kind: str, at: str) -> list[str]:
    """A later run: hashes of the rows are joined, then the rows of the keys that differ."""
    now = f"timestamp '{at}'"
    start = now if kind == "check" else "updated_at"
    row = ", ".join(_DATA)
    # Trusts updated_at: what dbt's timestamp strategy does, and ours with check_ties: false.
    differs = "updated_at" if kind == "trusted" else f"hash({row})"
    return [
        f"""
        create temp table candidates as
        select versions.target, rows.id
        from (select id, {differs} as x from src) as rows
        full join (
            select rowid as target, id, {differs} as x from snp where dbt_valid_to is null
        ) as versions on rows.id = versions.id
        where rows.id is null or versions.id is null or rows.x <> versions.x
        """,
        """
        create temp table changes as
        select candidates.target, src.* from candidates left join src using (id)
        """,
        f"""
        update snp set dbt_valid_to = {now if kind == "check" else f"coalesce(c.updated_at, {now})"}
        from changes as c where snp.rowid = c.target
        """,
        f"insert into snp select {_version(start, start)} from changes where id is not null",
    ]


def _spans(source: str) -> str:
    """SQL: the versions that the events of a table or query make."""
    row = ", ".join(_EVENT)
    return f"""
        with compared as (
            select *, lag(x) over w as before, lag(updated_at) over w as at_before,
                max(updated_at) over (partition by id) as at_last
            from (select *, hash(is_delete, {row}) as x from {source})
            window w as (partition by id order by updated_at)
        ),
        kept as (select * from compared where before is null or before <> x),
        ended as (
            select *, lead(updated_at) over w as until,
                coalesce(lead(at_before) over w, at_last) as seen
            from kept window w as (partition by id order by updated_at)
        )
        select id, updated_at as start, {row}, seen as updated_at, until from ended
        where not is_delete
    """


def _shown(source: str) -> str:
    return (
        f"select id, {', '.join(_EVENT)}, updated_at, {_id('start')} as dbt_scd_id,"
        " updated_at as dbt_updated_at, start as dbt_valid_from, until as dbt_valid_to"
        f" from ({source})"
    )


def first_events(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The first load of a change log; in parts, because the windows hold all rows of a part."""
    found = connection.execute("select count(*) from src").fetchall()
    parts = found[0][0] // _PARTITION + 1
    return [
        f"{'insert into snp' if part else 'create table snp as'}"
        f" {_shown(_spans(f'(select * from src where hash(id) % {parts} = {part})'))}"
        for part in range(parts)
    ]


def late_events() -> list[str]:
    """Late events: the versions of the keys they touch are made anew, and what differs written.

    All earlier events are at hand in `src`: a version cannot be made anew from the history alone,
    which does not show events that changed nothing.
    """
    return [
        "create temp table touched as select distinct id from src_next",
        """
        create temp table facts as
        select * from src where id in (from touched) union all select * from src_next
        """,
        f"create temp table made as {_spans('facts')}",
        """
        create temp table changes as
        select old.target, new.*
        from made as new
        full join (
            select rowid as target, id, updated_at, dbt_valid_from, dbt_valid_to
            from snp where id in (from touched)
        ) as old on new.id = old.id and new.start = old.dbt_valid_from
        where old.target is null or new.id is null or new.until is distinct from old.dbt_valid_to
            or new.updated_at <> old.updated_at
        """,
        """
        update snp
        set dbt_valid_to = until, updated_at = c.updated_at, dbt_updated_at = c.updated_at
        from changes as c where snp.rowid = c.target and c.id is not null
        """,
        "delete from snp where rowid in (select target from changes where id is null)",
        f"insert into snp {_shown('select * from changes where target is null')}",
    ]


def main() -> None:
    """One transaction on the file."""
    file, kind, at = sys.argv[1:]
    with duckdb.connect(file) as connection:
        there = connection.execute("select 1 from duckdb_tables() where table_name = 'snp'")
        again = bool(there.fetchall())
        connection.execute("begin")
        if kind == "change_log":
            statements = late_events() if again else first_events(connection)
        else:
            statements = second(kind, at) if again else first(kind, at)
        for statement in statements:
            connection.execute(statement)
        connection.execute("commit")


if __name__ == "__main__":
    main()
