"""Build seeds, models and snapshots and test them, in the order of the graph.

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
@dbt_options(
    "resource_type",
    "exclude_resource_type",
    "full_refresh",
    "empty",
    "sample",
    "event_time",
    "event_time_end",
    "store_failures",
)
@click.pass_obj
def build(session: Session, /, **given: Any) -> ExitCode:
    """Build seeds, models and snapshots and test them, in the order of the graph.

    What depends on something that failed, or whose test failed, is skipped. Returns 1 when a
    node failed, 2 when the selection means nothing.

    \b
    Examples:
      platform build
      platform build --select fct_flights+
      platform build --select state:modified+ --defer --state prod-target
    """
    return through_dbt("build", session, given)
