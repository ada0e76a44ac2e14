"""Load the CSV files of seeds/ into tables.

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
@dbt_options("full_refresh", "empty")
@click.pass_obj
def seed(session: Session, /, **given: Any) -> ExitCode:
    """Load the CSV files of seeds/ into tables.

    \b
    Examples:
      platform seed
      platform seed --select distance_bands --full-refresh
    """
    return through_dbt("seed", session, given)
