"""The order of steps of `platform snapshot` itself, and of its plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from platform_cli import dbt_runner
from platform_cli.commands._build import show_result
from platform_cli.commands._explained import explained
from platform_cli.commands._nothing_selected import nothing_selected
from platform_cli.commands._options import to_options
from platform_cli.commands._progress import ShowProgress
from platform_cli.commands._run_at import insist_on_run_at, time_of_run, with_run_at
from platform_cli.commands._snapshots import (
    check_keys,
    look_at_history,
    refuse_the_past,
    refuse_unsound,
)
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import locate
from platform_cli.reporting.run_as_text import grave_warnings
from platform_cli.reporting.snapshot_plan import counts_text, plan_json, plan_text

if TYPE_CHECKING:
    from pathlib import Path

    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options, Parsed, RunResult, SnapshotNode


def run(session: Session, given: dict[str, Any]) -> ExitCode:
    """Take the selected snapshots; the exit code says how it went."""
    project, options, parsed = _parsed(session, given)
    if not dbt_runner.takes_our_snapshots(parsed):
        return _run_of_dbt(session, given, project, options, parsed)
    result = _taken(session, given, project, options, parsed)
    code = show_result("snapshot", result, session, project, given["output_format"])
    if session.verbosity >= 0:
        # A run counts before it commits, and that may fail, too.
        failed = {node.name for node in result.failed}
        for one in result.snapshots:
            if one.name not in failed:
                click.echo(
                    f"{one.name}: {counts_text(one.counts)}; {one.counts['open']:,} open of"
                    f" {one.counts['versions']:,} versions",
                    err=True,
                )
    return code


def plan(session: Session, given: dict[str, Any]) -> ExitCode:
    """Show what `run` would do, writing nothing; 1 when it would be refused."""
    project, options, parsed = _parsed(session, given)
    if not dbt_runner.takes_our_snapshots(parsed):
        raise PlatformError(
            "this project's snapshots are dbt's own, which cannot say beforehand what they do",
            hint="hand them to platform_macros: README of the package, folder scd",
        )
    result = _taken(session, given, project, options, parsed, planned=True)
    for line in grave_warnings(result.warnings):
        click.echo(line, err=True)
    click.echo((plan_json if given["output_format"] == "json" else plan_text)(result.snapshots))
    if result.interrupted:
        return ExitCode.INTERRUPTED
    refused = {one.name for one in result.snapshots if one.refusals}
    broken = tuple(node for node in result.failed if node.name not in refused)
    if broken or result.skipped:
        return show_result("snapshot", replace(result, nodes=broken), session, project, "text")
    return ExitCode.FINDINGS if refused else ExitCode.OK


def _parsed(session: Session, given: dict[str, Any]) -> tuple[Path, Options, Parsed]:
    project = locate(session.directory)
    if given["run_at"]:
        time_of_run(given["run_at"])
    options = with_run_at(to_options(given, session), given["run_at"])
    with explained(project, options):
        parsed = dbt_runner.parse(project, options)
    if given["run_at"]:
        insist_on_run_at(parsed)
    return project, options, parsed


def _taken(
    session: Session,
    given: dict[str, Any],
    project: Path,
    options: Options,
    parsed: Parsed,
    *,
    planned: bool = False,
) -> RunResult:
    progress = ShowProgress(verbosity=session.verbosity)
    try:
        result = dbt_runner.snapshot(
            project,
            options,
            on_event=progress,
            parsed=parsed,
            plan=planned,
            allow=tuple(given["allow"]),
        )
    finally:
        progress.close()
    if not result.nodes and not result.interrupted:
        nothing_selected("snapshot", result, options)
    return result


def _run_of_dbt(
    session: Session, given: dict[str, Any], project: Path, options: Options, parsed: Parsed
) -> ExitCode:
    """dbt's own snapshots: the keys are checked before, the histories verified afterwards."""
    progress = ShowProgress(verbosity=session.verbosity)
    try:
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


def _selected(project: Path, options: Options, parsed: Parsed) -> tuple[SnapshotNode, ...]:
    """The snapshots that the selection means."""
    every = dbt_runner.snapshot_nodes(parsed, project)
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
