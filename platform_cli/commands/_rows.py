"""Rows of a table on the screen, as CSV or as JSON, for the commands that show some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from platform_cli.commands._terminal import terminal_width

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.reporting.table import Table

ROWS_FORMAT = click.option(
    "--output-format",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="What the rows are written as.",
)


def show_rows(table: Table, model: str, session: Session, output_format: str) -> None:
    """Print the rows of a model, and how many there are on stderr."""
    click.echo(_text(table, model, output_format), nl=output_format != "csv")
    if output_format == "table" and session.verbosity >= 0:
        click.echo(_summary(table), err=True)


def _text(table: Table, model: str, output_format: str) -> str:
    if output_format == "csv":
        from platform_cli.reporting.table_as_csv import render as as_csv

        return as_csv(table)
    if output_format == "json":
        from platform_cli.reporting.table_as_json import render as as_json

        return as_json(table, model)
    from platform_cli.reporting.table import render

    return render(table, terminal_width())


def _summary(table: Table) -> str:
    count = len(table.rows)
    rows = "1 row" if count == 1 else f"{count} rows"
    return f"first {rows}; --limit shows more" if table.more else rows
