"""Repairs a history: plans on a copy of its versions' times, then writes what differs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.reporting.repair_plan import Repair, RepairPlan
from platform_cli.snapshots.key_time_zone import insist_on_one_key_in_every_zone
from platform_cli.snapshots.preflight import EXAMPLES, shown_key
from platform_cli.snapshots.recorded_key import insist_on_the_recorded_key
from platform_cli.snapshots.recorded_runs import REPAIR
from platform_cli.snapshots.repair_steps import KINDS, Kind
from platform_cli.snapshots.verify import FAULTS, Fault, Unsound, verified
from platform_cli.warehouse import quoted, rows, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection

_COPY = "__before_repair_"


def plan_repair(
    connection: Connection, history: HistoryTable, only: tuple[str, ...] = ()
) -> RepairPlan:
    """What would be repaired: the kinds named, or all that mend what `verify` finds.

    Leaves the versions as they would be in the connection's temporary table `pieces`.
    Raises PlatformError (exit code 1) when the history was written with another key, or perhaps
    in another time zone that gives other keys.
    """
    insist_on_the_recorded_key(history)
    insist_on_one_key_in_every_zone(connection, history)
    found = {one.fault: one for one in verified(connection, history).unsound}
    chosen = _chosen(only, found)
    _start(connection, history)
    versions = _count(connection)
    repairs = [
        repair for kind in chosen if (repair := _step(connection, history, kind)) is not None
    ]
    left = () if only else tuple(_left(connection, history, found))
    return RepairPlan(history.name, tuple(repairs), versions, _count(connection), left)


def repair(
    connection: Connection, history: HistoryTable, plan: RepairPlan, only: tuple[str, ...]
) -> str:
    """Do what was planned, in one transaction; the name of the copy that is kept.

    Raises PlatformError (exit code 1) when the history has changed since, or when faults that
    were to be mended would be left; then nothing was written.
    """
    with transaction(connection):
        if plan_repair(connection, history, only) != plan:
            raise PlatformError(
                f"{history.name} has changed since it was looked at",
                hint="nothing was written; look again: the same command",
                exit_code=ExitCode.FINDINGS,
            )
        number = 1 + max(
            (int(one.removeprefix(_COPY)) for one in history.beside if one.startswith(_COPY)
             and one.removeprefix(_COPY).isdigit()),
            default=0,
        )  # fmt: skip
        copy = history.table(f"{_COPY}{number}")
        rows(connection, f"create table {copy} as from {history.table()}")
        _write(connection, history)
        after = verified(connection, history)
        mended = {fault for kind in KINDS if not only for fault in kind.cures}
        judged = after
        if any(one.fault == "no_start" for one in after.unsound):
            judged = verified(connection, history, only=f"{_without_start(history)} = 0")
        if failed := [one.fault for one in judged.unsound if one.fault in mended]:
            names = ", ".join(FAULTS[one] for one in failed)
            raise PlatformError(
                f"{history.name}: the repair would leave {names}",
                where=history.where(),
                hint="nothing was written; this is a fault of the platform, please report it",
                exit_code=ExitCode.FINDINGS,
            )
        _record(connection, history, number, after.versions, after.open)
    return copy


def _chosen(only: tuple[str, ...], found: Mapping[Fault, Unsound]) -> list[Kind]:
    if only:
        return [kind for kind in KINDS if kind.name in only]
    return [kind for kind in KINDS if any(fault in found for fault in kind.cures)]


def _left(
    connection: Connection, history: HistoryTable, found: Mapping[Fault, Unsound]
) -> Iterator[str]:
    """What no repair mends: a start that is not there, and what follows from it."""
    if "no_start" not in found:
        return
    start, table = history.col("dbt_valid_from"), history.table()
    yield (
        f"{_said(found['no_start'])}; nobody but you can know it. Set it, or delete the row: update"
        f" {table} set {start} = ... where {start} is null and ...; then repair again"
    )
    for one in verified(connection, history, only=f"{_without_start(history)} > 0").unsound:
        if one.fault in _OF_A_KEY:
            yield f"{_said(one)}; look again when the start is there"


_OF_A_KEY = ("several_open", "overlap")
"""The faults of a version beside another."""


def _without_start(history: HistoryTable) -> str:
    """SQL: how many versions of a key have no start."""
    of_key = f"over (partition by {', '.join(history.key)})"
    return f"count(*) filter ({history.col('dbt_valid_from')} is null) {of_key}"


def _said(one: Unsound) -> str:
    return f"{FAULTS[one.fault]}: {', '.join(one.examples)}"


def _start(connection: Connection, history: HistoryTable) -> None:
    keys = ", ".join(f"{one} as k{at}" for at, one in enumerate(history.key))
    end = history.col("dbt_valid_to")
    rows(
        connection,
        f"create or replace temporary table temp.pieces as select rowid as r, {keys},"
        f" {shown_key(history.key)} as shown, {history.col('dbt_scd_id')} as id,"
        f" {history.col('dbt_valid_from')} as start,"
        f" case when not {history.is_open} then {end} end as stop,"
        f" {history.col('dbt_updated_at')} as updated, {history.deleted} as deleted"
        f" from {history.table()}",
    )
    rows(connection, "create or replace temporary table temp.original as from temp.pieces")


def _count(connection: Connection) -> int:
    return int(rows(connection, "select count(*) from temp.pieces")[0][0])


def _step(connection: Connection, history: HistoryTable, kind: Kind) -> Repair | None:
    """Do one kind to `pieces`; None when there was nothing to do."""
    rows(
        connection,
        "create or replace temporary table temp.next_pieces as "
        + kind.sql(history, frozenset({kind.name})),
    )
    touched = rows(
        connection,
        f"select shown, count(*) over () from (select distinct shown from"
        f" (({_BEYOND.format('pieces', 'next_pieces')})"
        f" union all ({_BEYOND.format('next_pieces', 'pieces')})))"
        f" order by shown limit {EXAMPLES}",
    )
    if not touched:
        return None
    example = touched[0][0]
    before, after = (
        rows(
            connection,
            f"select p.start, p.stop, {_texts(history)} from temp.{table} as p"
            f" left join {history.table()} as h on h.rowid = p.r where p.shown = ?"
            " order by p.start, p.stop nulls last, p.r",
            [example],
        )
        for table in ("pieces", "next_pieces")
    )
    differ = _differing(history, before)
    rows(connection, "drop table temp.pieces")
    rows(connection, "alter table temp.next_pieces rename to pieces")
    return Repair(
        kind.name,
        kind.what,
        touched[0][1],
        tuple(row[0] for row in touched),
        tuple(row[:2] for row in before),
        tuple(row[:2] for row in after),
        *(
            tuple({history.data[at]: row[2 + at] for at in differ} for row in one if differ)
            for one in (before, after)
        ),
    )


def _texts(history: HistoryTable) -> str:
    """SQL: the source's columns as text."""
    return ", ".join(f"cast(h.{quoted(name)} as varchar)" for name in history.data)


def _differing(history: HistoryTable, versions: Sequence[tuple[Any, ...]]) -> list[int]:
    """The places in `history.data` of the columns in which versions that begin together differ."""
    together = [
        (one, other)
        for one, other in pairwise(versions)
        if one[0] is not None and one[0] == other[0]
    ]
    return [
        at
        for at in range(len(history.data))
        if any(one[2 + at] != other[2 + at] for one, other in together)
    ]


_OF_A_PIECE = "r, shown, id, start, stop, updated, deleted"
_BEYOND = f"select {_OF_A_PIECE} from temp.{{}} except select {_OF_A_PIECE} from temp.{{}}"
"""SQL: the pieces that one table has and the other has not."""


def _write(connection: Connection, history: HistoryTable) -> None:
    """One delete and one insert: rows that became others."""
    meta = {name: part for part, name in history.meta.items()}
    becomes = {
        "dbt_scd_id": "p.id",
        "dbt_updated_at": "p.updated",
        "dbt_valid_from": "p.start",
        # An open end is spelled as its row spells it: NULL or a day far ahead.
        "dbt_valid_to": f"case when p.stop is null then h.{history.col('dbt_valid_to')}"
        " else p.stop end",
    }
    images = ", ".join(
        f"{becomes.get(meta.get(name, ''), 'h.' + quoted(name))} as {quoted(name)}"
        for name, _ in history.columns
    )
    changed = _BEYOND.format("pieces", "original")
    gone = _BEYOND.format("original", "pieces")
    rows(
        connection,
        f"create or replace temporary table temp.images as select {images} from ({changed}) as p"
        f" inner join {history.table()} as h on h.rowid = p.r",
    )
    rows(connection, f"delete from {history.table()} where rowid in (select r from ({gone}))")
    if rows(connection, "select count(*) from temp.images")[0][0]:
        rows(connection, f"insert into {history.table()} by name from temp.images")


def _record(
    connection: Connection, history: HistoryTable, number: int, versions: int, is_open: int
) -> None:
    """A line in the ledger, so that later runs can still be undone, and this repair, too."""
    if not history.runs:
        return
    last = history.runs[-1].number
    zeros = ("source_rows", "new", "returned", "changed", "closed", "overwritten", "late",
             "unchanged")  # fmt: skip
    rows(
        connection,
        f"insert into {history.table('__runs')} (run_number, run_id, run_at, recorded_at, settings,"
        f" columns_before, {', '.join(zeros)}, open_versions, versions)"
        f" select run_number + 1, ?, run_at, ?, settings, ?, {', '.join('0' for _ in zeros)}, ?, ?"
        f" from {history.table('__runs')} where run_number = {last}",
        [
            f"{REPAIR}{number}",
            datetime.now(UTC).replace(tzinfo=None),
            json.dumps(history.columns),
            is_open,
            versions,
        ],
    )
