"""Show what a run would do, and write nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._options import DbtCommand, dbt_options
from platform_cli.commands._snapshot._options import allow_option, run_at_option

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.errors import ExitCode


@click.command(cls=DbtCommand)
@run_at_option
@allow_option
@dbt_options()
@click.pass_obj
def plan(session: Session, /, **given: Any) -> ExitCode:
    """Show what a run would do, and write nothing.

    The same counts that the run then reports, some of the changes, and what a guard would
    refuse. Exit code 1: the run would be refused.

    Hooks of the snapshots (pre_hook, post_hook) are not run: they may write. Where the query
    reads what a pre_hook makes, the plan shows what is there without it. The project's
    on-run-start and on-run-end are dbt's, and run as in every command of it.

    \b
    Examples:
      platform snapshot plan
      platform snapshot plan --select snp_airports --output-format json
    """
    from platform_cli.commands._snapshot._run import plan as show

    return show(session, given)
