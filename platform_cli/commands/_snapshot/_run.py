"""The order of steps of `platform snapshot` itself."""

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
from platform_cli.commands._run_at import insist_on_run_at, with_run_at
from platform_cli.commands._snapshots import (
    check_keys,
    look_at_history,
    refuse_the_past,
    refuse_unsound,
)
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options, Parsed, SnapshotNode
    from platform_cli.errors import ExitCode


def run(session: Session, given: dict[str, Any]) -> ExitCode:
    """Take the selected snapshots; the exit code says how it went."""
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
