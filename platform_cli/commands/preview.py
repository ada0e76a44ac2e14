"""Show rows of a model without writing anything.

Section: Look
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._preview import Preview
from platform_cli.commands._project import project_options
from platform_cli.config import load_config
from platform_cli.errors import ExitCode
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.reporting.table import Table


@click.command()
@click.argument("model")
@click.option(
    "--limit", type=click.IntRange(min=0), help="Rows at most; by default what platform.yml says."
)
@click.option("--sql", "only_sql", is_flag=True, help="Show the compiled SQL, and run nothing.")
@click.option(
    "--output-format",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="What the rows are written as.",
)
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
    table = asked.rows(limit)
    click.echo(_text(table, asked.node.name, output_format), nl=output_format != "csv")
    if output_format == "table" and session.verbosity >= 0:
        click.echo(_summary(table), err=True)
    return ExitCode.OK


def _text(table: Table, model: str, output_format: str) -> str:
    if output_format == "csv":
        from platform_cli.reporting.table_as_csv import render as as_csv

        return as_csv(table)
    if output_format == "json":
        from platform_cli.reporting.table_as_json import render as as_json

        return as_json(table, model)
    import shutil
    import sys

    from platform_cli.reporting.table import render

    return render(table, shutil.get_terminal_size().columns if sys.stdout.isatty() else None)


def _summary(table: Table) -> str:
    count = len(table.rows)
    rows = "1 row" if count == 1 else f"{count} rows"
    return f"first {rows}; --limit shows more" if table.more else rows
