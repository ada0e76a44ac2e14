"""Load past full extracts, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._options import DbtCommand, dbt_options
from platform_cli.commands._snapshot._options import allow_option

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.errors import ExitCode


@click.command(cls=DbtCommand)
@click.argument("name", metavar="SNAPSHOT")
@allow_option
@dbt_options()
@click.pass_obj
def backfill(session: Session, /, name: str, **given: Any) -> ExitCode:
    """Load past full extracts in order, each with its date as the run's time.

    The snapshot's YAML says where the files lie and which variable chooses one, under
    config.meta.scd.backfill. What the snapshot reads is built anew for every file and, at the
    end, once more as it normally is. A file that is not newer than the history is left out, so
    an interrupted backfill goes on where it stopped.

    \b
    Examples:
      platform snapshot backfill snp_airports
    """
    from platform_cli.commands._snapshot._backfill import backfill as load

    return load(name, session, given)
