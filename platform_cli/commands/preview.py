"""Show rows of a model without writing anything.

Section: Look
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._preview import Preview
from platform_cli.commands._project import project_options
from platform_cli.commands._rows import ROWS_FORMAT, show_rows
from platform_cli.config import load_config
from platform_cli.errors import ExitCode
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("model")
@click.option(
    "--limit", type=click.IntRange(min=0), help="Rows at most; by default what platform.yml says."
)
@click.option("--sql", "only_sql", is_flag=True, help="Show the compiled SQL, and run nothing.")
@ROWS_FORMAT
@project_options
@click.pass_obj
def preview(
    session: Session,
    /,
    model: str,
    limit: int | None,
    *,
    only_sql: bool,
    output_format: str,
    **place: Any,
) -> int:
    """Show rows of a model without writing anything.

    The model's SQL runs on what is built: its parents must exist, the model itself need not.
    dbt is only started when the SQL cannot be known without it; then a line on stderr says so.
    MODEL may be a snapshot, an analysis, or a data test: its rows are those that fail it.

    \b
    Examples:
      platform preview fct_route_delays
      platform preview fct_route_delays --limit 5 --output-format json
      platform preview fct_route_delays --sql
    """
    root = locate(session.directory)
    if limit is None:
        limit = load_config(root).preview.limit
    asked = Preview(root, model, place)
    if only_sql:
        click.echo(asked.sql().strip("\n"))
        return ExitCode.OK
    show_rows(asked.rows(limit), asked.node.name, session, output_format)
    return ExitCode.OK
