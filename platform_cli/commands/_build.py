"""The order of steps that build, run, test, seed and snapshot have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from platform_cli.commands._explained import explained
from platform_cli.commands._nothing_selected import nothing_selected, with_near_names
from platform_cli.commands._options import to_options
from platform_cli.commands._paths import from_here, from_the_repository
from platform_cli.commands._progress import ShowProgress
from platform_cli.database_file import explain
from platform_cli.errors import ExitCode
from platform_cli.project.locate import locate
from platform_cli.reporting.next_step import next_step

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options, RunResult

Command = Literal["build", "run", "test", "seed", "snapshot", "compile"]


def through_dbt(command: Command, session: Session, given: dict[str, Any]) -> ExitCode:
    """Find the project, let dbt do it, show what happened; the exit code says how it went."""
    from platform_cli import dbt_runner

    verb: Callable[..., RunResult] = getattr(dbt_runner, command)
    project = locate(session.directory)
    options = to_options(given, session)
    progress = ShowProgress(verbosity=session.verbosity)
    try:
        with explained(project, options):
            result = verb(project, options, on_event=progress)
    finally:
        progress.close()
    if not result.nodes and not result.interrupted:
        nothing_selected(command, result, options)
    code = show_result(command, result, session, project, given["output_format"])
    if command == "build" and not result.interrupted:
        _verify_snapshots(project, options, result)
    return code


def _verify_snapshots(project: Path, options: Options, result: RunResult) -> None:
    """`platform snapshot` also checks the keys first; in a build their source is not there yet."""
    verified = {one.name for one in result.snapshots}  # platform_macros verifies before the commit
    taken = {
        node.unique_id
        for node in result.nodes
        if node.resource_type == "snapshot"
        and node.status == "success"
        and node.name not in verified
    }
    if not taken:
        return
    from platform_cli import dbt_runner
    from platform_cli.commands._snapshots import look_at_history, refuse_unsound

    parsed = result.parsed or dbt_runner.parse(project, options)
    nodes = tuple(
        one for one in dbt_runner.snapshot_nodes(parsed, project) if one.unique_id in taken
    )
    refuse_unsound(look_at_history(project, options, parsed, nodes), nodes)


def show_result(
    command: Command, result: RunResult, session: Session, project: Path, output_format: str
) -> ExitCode:
    """Print a finished run in the wanted format; the exit code says how it went."""
    text = rendered(command, result, session, project, output_format)
    if text:
        click.echo(text)
    if session.verbosity >= 0 and output_format != "json":
        click.echo(f"next: {_next(command, result)}", err=True)
    return exit_code_of(result)


def exit_code_of(result: RunResult) -> ExitCode:
    """How it went; a full disk or a held file is the machine's fault, and no finding."""
    if result.interrupted:
        return ExitCode.INTERRUPTED
    if any(explain(node.message) for node in result.failed):
        return ExitCode.ENVIRONMENT
    return ExitCode.FINDINGS if result.failed or result.skipped else ExitCode.OK


def rendered(
    command: Command, result: RunResult, session: Session, project: Path, output_format: str
) -> str:
    """The run as text, JSON or annotations; warned of are also words that select nothing."""
    result = with_near_names(result)
    if output_format == "json":
        from platform_cli.reporting.run_as_json import run_as_json

        return run_as_json(command, result)
    if output_format == "github":
        from platform_cli.reporting.run_as_github import run_as_github

        return run_as_github(result, folder=from_the_repository(project))
    from platform_cli.reporting.run_as_text import run_as_text

    folder = from_here(project)
    return run_as_text(command, result, folder=folder, say_more=session.verbosity > 0)


def _next(command: Command, result: RunResult) -> str:
    if result.interrupted:
        done = {node.name for node in result.nodes}
        return f"platform {command} again: {len(done)} of {result.planned} nodes had finished"
    if result.failed:
        return next_step(command, result.failed[0])
    models = [node.name for node in result.nodes if node.resource_type == "model"]
    if command == "test" or not models:
        return "platform check" if command == "test" else "platform build"
    return f"platform preview {models[-1]}"
