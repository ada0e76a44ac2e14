"""Go back to how a history was after an earlier run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options
from platform_cli.errors import ExitCode, PlatformError

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.reporting.recorded_run import RunRecord
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.snapshots.recorded_runs import Run
    from platform_cli.snapshots.rewind_plan import RewindPlan


@click.command()
@click.argument("snapshot")
@click.argument("run", type=click.IntRange(min=0), required=False)
@click.option("--dry-run", is_flag=True, help="Show what would be undone, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Of the list of runs.",
)
@project_options
@click.pass_obj
def rewind(
    session: Session,
    /,
    snapshot: str,
    run: int | None,
    *,
    dry_run: bool,
    yes: bool,
    output_format: str,
    **place: Any,
) -> ExitCode:
    """Put a history back to how it was after an earlier run, with columns and types.

    Without RUN the runs on record are listed. RUN is a number of that list; all later runs are
    undone, and the next run goes on from there. 0 is the state before the first recorded run of a
    history that was there before. All of it is one transaction. Dbt is not started.

    What the runs wrote is undone. The number of versions, of open ones, and the columns are
    compared with the record, before and after; other values are not: one that was changed by hand
    in a version that no undone run touched stays as it is.

    \b
    Examples:
      platform snapshot rewind snp_airports
      platform snapshot rewind snp_airports 7 --dry-run
      platform snapshot rewind snp_airports 7 --yes
    """
    from platform_cli.commands._snapshot._confirm import confirmed
    from platform_cli.commands._snapshot._histories import one_history
    from platform_cli.snapshots.rewind import rewind as put_back
    from platform_cli.snapshots.rewind_plan import plan_rewind

    with one_history(session, snapshot, place) as (connection, history):
        if run is None:
            return _list(history, session, output_format)
        plan = plan_rewind(connection, history, run)
    if not plan.later:
        click.echo(f"{history.name}: run {run} is the last one; there is nothing to undo", err=True)
        return ExitCode.OK
    _show(history, plan)
    if dry_run or not confirmed("Undo them?", yes=yes):
        click.echo("nothing was written", err=True)
        return ExitCode.OK
    with one_history(session, snapshot, place, write=True) as (connection, history):
        if plan_rewind(connection, history, run) != plan:
            raise PlatformError(
                f"{history.name} has changed since it was looked at",
                hint="nothing was written; look again: the same command",
                exit_code=ExitCode.FINDINGS,
            )
        put_back(connection, history, plan)
    if session.verbosity >= 0:
        click.echo(f"{history.name}: {_put_back(plan)}", err=True)
        click.echo(
            "note: values that something else than a run wrote into versions that the undone runs"
            " did not touch are not on record, so they stay",
            err=True,
        )
        click.echo(f"next: platform snapshot verify {history.name}", err=True)
    return ExitCode.OK


def _put_back(plan: RewindPlan) -> str:
    """What was done, and what was compared with the record: no more than that."""
    if plan.versions is None:
        return "the runs on record are undone"
    return (
        f"the runs after run {plan.to} are undone; versions: {plan.versions:,},"
        f" open: {plan.open:,}, and the columns: as run {plan.to} left them"
    )


def _list(history: HistoryTable, session: Session, output_format: str) -> ExitCode:
    from platform_cli.commands._terminal import terminal_width
    from platform_cli.reporting.recorded_run import records_as_json, records_as_text

    records = [_record(one) for one in history.runs]
    if output_format == "json":
        click.echo(records_as_json(records, history.name))
        return ExitCode.OK
    if not records:
        click.echo(f"{history.name}: no run is on record, so none can be undone", err=True)
        return ExitCode.OK
    click.echo(records_as_text(records, terminal_width()))
    if session.verbosity >= 0:
        if history.runs[0].columns_before is not None:
            click.echo("0 is the state before the first of them", err=True)
        if len(records) > 1:
            back = records[-2].number
            click.echo(f"next: platform snapshot rewind {history.name} {back} --dry-run", err=True)
    return ExitCode.OK


def _record(run: Run) -> RunRecord:
    from platform_cli.reporting.recorded_run import RunRecord

    what = run.run_id if run.is_repair else ""
    return RunRecord(run.number, run.at, run.counts, run.versions, run.open, what)


def _show(history: HistoryTable, plan: RewindPlan) -> None:
    from platform_cli.commands._terminal import terminal_width
    from platform_cli.reporting.recorded_run import records_as_text

    where = f"after run {plan.to}" if plan.to else "before the first recorded run"
    click.echo(f"{history.name}: back to the state {where}. These runs are undone:\n")
    click.echo(records_as_text([_record(one) for one in reversed(plan.later)], terminal_width()))
    click.echo("")
    last = plan.later[0]
    if plan.copy:
        click.echo(f"  the table that a run kept is put back: {history.table(plan.copy)}")
    if plan.undone > plan.to:
        then = "then " if plan.copy else ""
        click.echo(
            f"  {then}{plan.taken:,} added versions go,"
            f" {plan.restored:,} others get their old values back"
        )
    gone = [name for name in history.data if name not in dict(plan.columns)]
    if gone:
        click.echo(f"  columns that go: {', '.join(gone)}")
    if plan.versions is not None:
        click.echo(
            f"  versions: {last.versions:,} -> {plan.versions:,}, open: {last.open:,} ->"
            f" {plan.open:,}"
        )
