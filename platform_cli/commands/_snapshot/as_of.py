"""Show the table as it was at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options
from platform_cli.commands._rows import ROWS_FORMAT, show_rows
from platform_cli.errors import ExitCode

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("snapshot")
@click.argument("time")
@click.option(
    "--limit", type=click.IntRange(min=0), help="Rows at most; by default what platform.yml says."
)
@ROWS_FORMAT
@project_options
@click.pass_obj
def as_of(
    session: Session,
    /,
    snapshot: str,
    time: str,
    *,
    limit: int | None,
    output_format: str,
    **place: Any,
) -> ExitCode:
    """Show the table as it was at a time, from its history, in the order of the keys.

    TIME is a date (its first moment) or a time, ISO 8601, in UTC without an offset. Keys that
    were deleted then are not shown. Dbt is not started.

    \b
    Examples:
      platform snapshot as-of snp_airports 2024-10-01
      platform snapshot as-of snp_airports 2024-10-01T12:00:00+02:00 --output-format csv
    """
    from platform_cli.commands._snapshot._histories import one_history
    from platform_cli.config import load_config
    from platform_cli.project.locate import locate
    from platform_cli.snapshots.as_of import after_the_last_look
    from platform_cli.snapshots.as_of import as_of as rows_at

    if limit is None:
        limit = load_config(locate(session.directory)).preview.limit
    with one_history(session, snapshot, place) as (connection, history):
        table = rows_at(connection, history, time, limit)
    show_rows(table, history.name, session, output_format)
    last = after_the_last_look(history, time)
    if last and session.verbosity >= 0:
        click.echo(f"note: the last look was of {last}; what changed since is not known", err=True)
    return ExitCode.OK
