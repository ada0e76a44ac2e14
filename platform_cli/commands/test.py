"""Test what was built: data tests and unit tests.

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
@dbt_options("resource_type", "exclude_resource_type", "store_failures")
@click.pass_obj
def test(session: Session, /, **given: Any) -> ExitCode:
    """Test what was built: data tests and unit tests.

    \b
    Examples:
      platform test
      platform test --select fct_route_delays
      platform test --select fct_route_delays --store-failures
    """
    return through_dbt("test", session, given)
