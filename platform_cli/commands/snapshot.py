"""Take a look at slowly changing sources and keep their history.

Section: Build
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._options import DbtGroup, dbt_options, to_options

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options, Parsed, SnapshotNode
    from platform_cli.errors import ExitCode

_RUN_AT = click.option(
    "--run-at",
    metavar="TIME",
    help="The time of this run, ISO 8601, UTC without an offset. Default: now.",
)


@click.group(cls=DbtGroup, invoke_without_command=True)
@_RUN_AT
@dbt_options()
@click.pass_context
def snapshot(ctx: click.Context, /, **given: Any) -> ExitCode | None:
    """Take a look at slowly changing sources and keep their history.

    Before dbt writes, the keys are checked: a NULL key or a key that occurs twice is refused,
    with examples, and so is a time before what the history holds. Afterwards the history is
    verified: one open version per key, none that overlap or are empty. What the snapshots read
    must be there; `platform build` makes it.

    \b
    Examples:
      platform snapshot
      platform snapshot --select snp_airports --run-at 2026-09-05
      platform snapshot backfill snp_airports
    """
    if ctx.invoked_subcommand is not None:
        return None
    return _run(ctx.obj, given)


@snapshot.command(short_help="Load past full extracts, oldest first.")
@click.argument("name", metavar="SNAPSHOT")
@dbt_options()
@click.pass_obj
def backfill(session: Session, /, name: str, **given: Any) -> ExitCode:
    """Load past full extracts in order, each with its date as the run's time.

    The snapshot's YAML says where the files lie and which variable chooses one, under
    config.meta.scd.backfill. What the snapshot reads is built anew for every file and, at the
    end, once more as it normally is. A file that is not newer than the history is left out, so
    an interrupted backfill goes on where it stopped.

    \b
    Examples:
      platform snapshot backfill snp_airports
    """
    from platform_cli.commands._backfill import backfill as load

    return load(name, session, given)


def _run(session: Session, given: dict[str, Any]) -> ExitCode:
    from platform_cli import dbt_runner
    from platform_cli.commands._build import show_result
    from platform_cli.commands._explained import explained
    from platform_cli.commands._nothing_selected import nothing_selected
    from platform_cli.commands._progress import ShowProgress
    from platform_cli.commands._run_at import insist_on_run_at, with_run_at
    from platform_cli.commands._snapshots import (
        check_keys,
        look_at_history,
        refuse_the_past,
        refuse_unsound,
    )
    from platform_cli.project.locate import locate

    project = locate(session.directory)
    options = with_run_at(to_options(given, session), given["run_at"])
    progress = ShowProgress(verbosity=session.verbosity)
    try:
        with explained(project, options):
            parsed = dbt_runner.parse(project, options)
        if given["run_at"]:
            insist_on_run_at(parsed)
        nodes = _selected(project, options, parsed)
        if given["run_at"]:
            refuse_the_past(given["run_at"], project, options, parsed, nodes)
        if nodes:
            check_keys(project, options, parsed, nodes)
        result = dbt_runner.snapshot(project, options, on_event=progress, parsed=parsed)
        found = (
            look_at_history(project, options, parsed, nodes)
            if nodes and not result.interrupted
            else ()
        )
    finally:
        progress.close()
    if not result.nodes and not result.interrupted:
        nothing_selected("snapshot", result, options)
    code = show_result("snapshot", result, session, project, given["output_format"])
    if session.verbosity >= 0:
        for one in found:
            click.echo(f"{one.snapshot}: {one.open:,} open of {one.versions:,} versions", err=True)
    refuse_unsound(found, nodes)
    return code


def _selected(project: Any, options: Options, parsed: Parsed) -> tuple[SnapshotNode, ...]:
    """The snapshots that the selection means."""
    from platform_cli import dbt_runner

    every = dbt_runner.snapshot_nodes(parsed)
    if not every or not (options.select or options.exclude or options.selector):
        return every
    # dbt alone knows its selection syntax; compiling is the cheapest thing that applies it.
    words = [part for word in options.select for part in word.split()] or ["*"]
    only = replace(
        options,
        select=()
        if options.selector
        else tuple(f"{word},resource_type:snapshot" for word in words),
        indirect_selection="empty",
    )
    chosen = {node.unique_id for node in dbt_runner.compile(project, only, parsed=parsed).nodes}
    return tuple(node for node in every if node.unique_id in chosen)
