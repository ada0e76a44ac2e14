"""Show the SQL that dbt would run, without running it.

Section: Build
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._build import show_result
from platform_cli.commands._explained import explained
from platform_cli.commands._nothing_selected import nothing_selected
from platform_cli.commands._options import DbtCommand, dbt_options, to_options
from platform_cli.commands._progress import ShowProgress
from platform_cli.errors import ExitCode
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command(cls=DbtCommand)
@dbt_options("full_refresh", "empty", "introspect", "inline")
@click.pass_obj
def compile(session: Session, /, **given: Any) -> ExitCode:  # noqa: A001  (dbt's own word)
    """Show the SQL that dbt would run, without running it.

    One model: its SQL on stdout. Several, or all: files under target/compiled, listed. With a
    selection no manifest.json is written and tests are left out (--indirect-selection eager
    takes them along).

    \b
    Examples:
      platform compile --select fct_route_delays
      platform compile --inline "select count(*) from {{ ref('stg_flights') }}"
      platform compile
    """
    from platform_cli import dbt_runner

    project = locate(session.directory)
    options = to_options(given, session)
    progress = ShowProgress(verbosity=-1 if options.select else session.verbosity)
    try:
        with explained(project, options):
            result = dbt_runner.compile(project, options, on_event=progress)
    finally:
        progress.close()
    if not result.nodes and not result.interrupted:
        nothing_selected("compile", result, options)
    if given["output_format"] != "text" or result.interrupted:
        return show_result("compile", result, session, project, given["output_format"])
    if len(result.nodes) == 1:
        click.echo(result.nodes[0].compiled_code.strip("\n"))
    elif options.select or options.selector:
        for node in result.nodes:
            click.echo(node.compiled_path or f"{node.name} (not SQL)")
    else:
        return show_result("compile", result, session, project, "text")
    return ExitCode.OK
