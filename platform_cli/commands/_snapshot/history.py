"""Show the versions of one key, what changed marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options
from platform_cli.errors import ExitCode

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("snapshot")
@click.argument("key", nargs=-1, required=True)
@click.option("--all-columns", is_flag=True, help="Also the columns that never changed.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="csv: the rows of the history, as they are.",
)
@project_options
@click.pass_obj
def history(
    session: Session,
    /,
    snapshot: str,
    key: tuple[str, ...],
    *,
    all_columns: bool,
    output_format: str,
    **place: Any,
) -> int:
    """Show the versions of one key, oldest first, and what changed from one to the next.

    A KEY of several columns is given as several words, in the order of unique_key. Columns that
    are the same in all versions are only named. Dbt is not started.

    \b
    Examples:
      platform snapshot history snp_airports KLAX
      platform snapshot history snp_fares LAX 2013 --output-format json
    """
    from platform_cli.commands._snapshot._histories import one_history
    from platform_cli.snapshots.key_versions import key_rows, key_versions

    with one_history(session, snapshot, place) as (connection, table):
        if output_format == "csv":
            from platform_cli.reporting.table_as_csv import render as as_csv

            click.echo(as_csv(key_rows(connection, table, key)), nl=False)
            return ExitCode.OK
        found = key_versions(connection, table, key)
    if output_format == "json":
        from platform_cli.reporting.key_history_as_json import key_history_as_json

        click.echo(key_history_as_json(found))
        return ExitCode.OK
    from platform_cli.commands._terminal import terminal_width
    from platform_cli.reporting.key_history_as_text import key_history_as_text

    every_column = all_columns or session.verbosity > 0
    click.echo(key_history_as_text(found, terminal_width(), every_column=every_column))
    return ExitCode.OK
