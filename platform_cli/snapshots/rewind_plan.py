"""What going back to how a history was after an earlier run takes, and whether it can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.history_table import META
from platform_cli.snapshots.recorded_runs import REPAIR
from platform_cli.warehouse import rows

if TYPE_CHECKING:
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.snapshots.recorded_runs import Columns, Run
    from platform_cli.warehouse import Connection


@dataclass(frozen=True, slots=True)
class RewindPlan:
    """How to get back.

    `to` is the run after which it will be as it was; 0 is before the first one on record. `later`
    are the runs that go, newest first. `copy` is the suffix of the table that a run left because
    it changed columns, and `undone` what the undo record then has to take back: the runs up to
    that number. `columns` are those that the history will have. `taken` and `restored` count the
    versions that go, and those that get their old values back.
    """

    to: int
    later: tuple[Run, ...]
    copy: str
    undone: int
    columns: Columns
    taken: int
    restored: int
    versions: int | None
    open: int | None


def plan_rewind(connection: Connection, history: HistoryTable, to: int) -> RewindPlan:
    """How to go back to run `to`; `later` is empty when it is the last one.

    Raises PlatformError: there is no such run (exit code 2), or what the runs left on record does
    not lead back to it, or no longer fits the table (1).
    """
    before = _recorded(history, to)
    _insist_on_the_ledger(connection, history)
    later = tuple(run for run in reversed(history.runs) if run.number > to)
    if not later:
        return RewindPlan(to, (), "", to, history.columns, 0, 0, None, None)
    for run in later:
        if run.columns_before is None:
            raise _refusal(
                history,
                f"run {run.number} made the history: before it there was none",
                f"the earliest state on record is that after run {run.number}; for an empty"
                " history drop the table and those beside it",
            )
    copies = {copy_of(run): run for run in later if copy_of(run) in history.beside}
    # The oldest copy shows the state nearest to the one that is wanted.
    copy, copied = min(copies.items(), key=lambda one: one[1].number, default=("", None))
    _insist_on_copies(history, later, before, copied)
    undone = copied.number - 1 if copied else later[0].number
    taken, restored = _counts(connection, history, to, undone)
    return RewindPlan(
        to=to,
        later=later,
        copy=copy,
        undone=undone,
        columns=later[-1].columns_before or (),
        taken=taken,
        restored=restored,
        versions=before.versions if before else None,
        open=before.open if before else None,
    )


def copy_of(run: Run) -> str:
    """The suffix of the table that shows how the history was before the run, if it left one."""
    if run.is_repair:
        return f"__before_repair_{run.run_id.removeprefix(REPAIR)}"
    return f"__before_{run.number}"


def _recorded(history: HistoryTable, to: int) -> Run | None:
    """The run; None of 0, when a history that was there already has been taken over."""
    by_number = {run.number: run for run in history.runs}
    if to in by_number:
        return by_number[to]
    if not by_number:
        raise _refusal(history, "no run is on record", "only runs of this platform can be undone")
    first = history.runs[0]
    if to == 0:
        return None
    numbers = f"{first.number} to {history.runs[-1].number}"
    zero = "" if first.columns_before is None else ", or 0 for before the first"
    raise PlatformError(
        f"{history.name} has no run {to}",
        where=history.where(),
        hint=f"there are {numbers}{zero}: platform snapshot rewind {history.name}",
    )


def _insist_on_the_ledger(connection: Connection, history: HistoryTable) -> None:
    ((versions, is_open),) = rows(
        connection, f"select count(*), count(*) filter ({history.is_open}) from {history.table()}"
    )
    last = history.runs[-1]
    if (versions, is_open) != (last.versions, last.open):
        raise _refusal(
            history,
            f"something else than a run wrote to the history: run {last.number} left"
            f" {last.versions:,} versions, {last.open:,} open, and now there are {versions:,},"
            f" {is_open:,} open",
            "what a run overwrote can only be put back where the run left it; restore a backup,"
            " or go on: platform snapshot verify",
        )


def _insist_on_copies(
    history: HistoryTable, later: tuple[Run, ...], before: Run | None, copied: Run | None
) -> None:
    """A run that changed types, names or open ends cannot be taken back without its copy."""
    runs = [run for run in reversed(later) if copied is None or run.number < copied.number]
    for at, run in enumerate(runs):
        previous = runs[at - 1] if at else before
        following = (copied or None) if at + 1 == len(runs) else runs[at + 1]
        after = following.columns_before if following else history.columns
        kept = set(run.columns_before or ()) <= set(after or ())
        same = previous is None or (
            previous.valid_to_current == run.valid_to_current and previous.meta == run.meta
        )
        if not kept or not same or run.is_repair:
            raise _refusal(
                history,
                f"run {run.number} changed more than rows, and the copy that it left is gone:"
                f" {history.table(copy_of(run))}",
                f"bring it back, or go back to run {run.number} or a later one",
            )


def _counts(connection: Connection, history: HistoryTable, to: int, undone: int) -> tuple[int, int]:
    """Versions that go, and versions that get their old values, by the undo record."""
    if undone <= to or "__undo" not in history.beside:
        return 0, 0
    ((taken, restored),) = rows(
        connection,
        "select count(*) filter (undo_action = 'added'), count(*) filter (undo_action <> 'added')"
        f" from ({first_images(history, to, undone)})",
    )
    return taken, restored


def first_images(history: HistoryTable, to: int, undone: int) -> str:
    """SQL: per version that the runs after `to` touched, what the first of them wrote on record.

    "added": it was not there before. Anything else: how it was.
    """
    return (
        f"select * from {history.table('__undo')} where undo_run > {to} and undo_run <= {undone}"
        f" qualify row_number() over (partition by {history.col(META[0])}"
        " order by undo_run, undo_action = 'added') = 1"
    )


def _refusal(history: HistoryTable, message: str, hint: str) -> PlatformError:
    return PlatformError(
        f"{history.name}: {message}",
        where=history.where(),
        hint=f"nothing was written; {hint}",
        exit_code=ExitCode.FINDINGS,
    )
