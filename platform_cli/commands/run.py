"""Run models without testing them.

Section: Build
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._build import through_dbt
from platform_cli.commands._options import DbtCommand, dbt_options

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.errors import ExitCode


@click.command(cls=DbtCommand)
@dbt_options("full_refresh", "empty", "sample", "event_time", "event_time_end")
@click.pass_obj
def run(session: Session, /, **given: Any) -> ExitCode:
    """Run models without testing them; `platform build` does both.

    \b
    Examples:
      platform run --select stg_flights
      platform run --select +fct_flights --full-refresh
    """
    return through_dbt("run", session, given)
