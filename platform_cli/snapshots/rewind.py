"""Puts a history back to how it was after an earlier run, with all that lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.history_table import META, HistoryTable, history_of
from platform_cli.snapshots.rewind_plan import copy_of, first_images
from platform_cli.warehouse import quoted, rows, transaction

if TYPE_CHECKING:
    from platform_cli.snapshots.rewind_plan import RewindPlan
    from platform_cli.warehouse import Connection


def rewind(connection: Connection, history: HistoryTable, plan: RewindPlan) -> None:
    """Do what the plan says, all of it or nothing.

    Raises PlatformError (exit code 1) when the outcome is not what the ledger says of that run;
    then nothing was written.
    """
    with transaction(connection):
        _cut_the_ledger(connection, history, plan)
        if plan.copy:
            rows(connection, f"drop table {history.table()}")
            rows(
                connection,
                f"alter table {history.table(plan.copy)} rename to"
                f" {quoted(history.node.identifier)}",
            )
        now = history_of(connection, history.node)
        now = _drop_columns(connection, now, plan)
        if plan.undone > plan.to and "__undo" in history.beside:
            _take_back(connection, history, now, plan)
        _put_beside_in_line(connection, history, now, plan)
        _insist(connection, history, plan)


def _cut_the_ledger(connection: Connection, history: HistoryTable, plan: RewindPlan) -> None:
    # First, because the last line says how the history's columns are called.
    rows(connection, f"delete from {history.table('__runs')} where run_number > {plan.to}")


def _drop_columns(connection: Connection, now: HistoryTable, plan: RewindPlan) -> HistoryTable:
    """Columns that later runs added go; the order is that of the run."""
    if now.columns == plan.columns:
        return now
    wanted = [name for name, _ in plan.columns]
    there = [name for name, _ in now.columns]
    if [name for name in there if name in wanted] == wanted:
        for name in there:
            if name not in wanted:
                rows(connection, f"alter table {now.table()} drop column {quoted(name)}")
    elif set(wanted) <= set(there):
        listed = ", ".join(map(quoted, wanted))
        rows(
            connection,
            f"create table {now.table('__new')} as select {listed} from {now.table()}",
        )
        rows(connection, f"drop table {now.table()}")
        rows(
            connection,
            f"alter table {now.table('__new')} rename to {quoted(now.node.identifier)}",
        )
    return history_of(connection, now.node)


def _take_back(
    connection: Connection, before: HistoryTable, now: HistoryTable, plan: RewindPlan
) -> None:
    """Versions that were not there go, all others that were touched get their old image.

    One delete and one insert, whatever the number of runs.
    """
    images = first_images(before, plan.to, plan.undone)
    undo_id = before.col(META[0])
    rows(
        connection,
        f"delete from {now.table()} where {now.col(META[0])} in (select {undo_id} from ({images}))",
    )
    if plan.restored:
        columns = ", ".join(quoted(name) for name, _ in now.columns)
        rows(
            connection,
            f"insert into {now.table()} ({columns}) select {_as_now(before, now)}"
            f" from ({images}) where undo_action <> 'added'",
        )


def _as_now(before: HistoryTable, now: HistoryTable) -> str:
    """SQL: the columns of the undo record under the names and types of the history."""
    called = {name: before.meta[part] for part, name in now.meta.items() if part in before.meta}
    return ", ".join(
        f"cast({quoted(called.get(name, name))} as {type_}) as {quoted(name)}"
        for name, type_ in now.columns
    )


def _put_beside_in_line(
    connection: Connection, before: HistoryTable, now: HistoryTable, plan: RewindPlan
) -> None:
    later = {copy_of(run) for run in plan.later} - {plan.copy}
    for suffix in sorted(later & before.beside):
        rows(connection, f"drop table {now.table(suffix)}")
    if plan.to == 0:
        for suffix in ("__runs", "__undo", "__events"):
            rows(connection, f"drop table if exists {now.table(suffix)}")
        return
    if "__events" in before.beside:
        rows(connection, f"delete from {now.table('__events')} where scd_run > {plan.to}")
    if "__undo" not in before.beside:
        return
    if before.columns == now.columns:
        rows(connection, f"delete from {now.table('__undo')} where undo_run > {plan.to}")
        return
    # A later run wrote it anew with its columns; the next run goes on from the history's.
    rows(
        connection,
        f"create table {now.table('__undo_new')} as select undo_run, undo_action,"
        f" {_as_now(before, now)} from {now.table('__undo')} where undo_run <= {plan.to}",
    )
    rows(connection, f"drop table {now.table('__undo')}")
    rows(
        connection,
        f"alter table {now.table('__undo_new')} rename to {quoted(now.node.identifier + '__undo')}",
    )


def _insist(connection: Connection, before: HistoryTable, plan: RewindPlan) -> None:
    now = history_of(connection, before.node)
    ((versions, is_open),) = rows(
        connection, f"select count(*), count(*) filter ({now.is_open}) from {now.table()}"
    )
    counts = plan.versions is None or (versions, is_open) == (plan.versions, plan.open)
    if now.columns == plan.columns and counts:
        return
    raise PlatformError(
        f"{before.name}: the record does not lead back to run {plan.to}: it gives {versions:,}"
        f" versions, {is_open:,} open, where the run left {plan.versions}, {plan.open} open",
        where=before.where(),
        hint="nothing was written; the history or the tables beside it were changed by something"
        " else than a run: restore a backup, or go on from the history as it is:"
        f" platform snapshot verify {before.name}",
        exit_code=ExitCode.FINDINGS,
    )
