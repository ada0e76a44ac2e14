"""Build seeds, models and snapshots and test them, in the order of the graph.

Section: Build
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._build import through_dbt
from platform_cli.commands._check_first import passes_check
from platform_cli.commands._options import DbtCommand, dbt_options
from platform_cli.errors import ExitCode
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


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
@click.option(
    "--check/--no-check",
    default=None,
    help="Whether what is selected has to keep the conventions first (platform.yml: build: check).",
)
@click.pass_obj
def build(session: Session, /, *, check: bool | None, **given: Any) -> ExitCode:
    """Build seeds, models and snapshots and test them, in the order of the graph.

    First `platform check` looks at what is selected: an error stops before dbt starts. What
    depends on something that failed, or whose test failed, is skipped. Returns 1 when a node
    failed or a convention is broken, 2 when the selection means nothing.

    \b
    Examples:
      platform build
      platform build --select fct_flights+
      platform build --no-check
      platform build --select state:modified+ --defer --state prod-target
    """
    if not passes_check(locate(session.directory), session, given, wished=check):
        return ExitCode.FINDINGS
    return through_dbt("build", session, given)
