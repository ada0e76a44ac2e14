"""Take a look at slowly changing sources and keep their history.

Section: Build
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._files import CommandFiles
from platform_cli.commands._options import DbtGroup, dbt_options

if TYPE_CHECKING:
    from platform_cli.errors import ExitCode

_RUN_AT = click.option(
    "--run-at",
    metavar="TIME",
    help="The time of this run, ISO 8601, UTC without an offset. Default: now.",
)


class SnapshotCommands(DbtGroup, CommandFiles):
    """The files of `_snapshot/` are the sub-commands."""

    package = "platform_cli.commands._snapshot"

    def folder(self) -> Path:
        return Path(__file__).parent / "_snapshot"


@click.group(cls=SnapshotCommands, invoke_without_command=True)
@_RUN_AT
@dbt_options()
@click.pass_context
def snapshot(ctx: click.Context, /, **given: Any) -> ExitCode | None:
    """Take a look at slowly changing sources and keep their history.

    Before dbt writes, the keys are checked: a NULL key or a key that occurs twice is refused,
    with examples, and so is a time before what the history holds. Afterwards the history is
    verified: one open version per key, none that overlap or are empty. What the snapshots read
    must be there; `platform build` makes it.

    \b
    Examples:
      platform snapshot
      platform snapshot --select snp_airports --run-at 2026-09-05
      platform snapshot backfill snp_airports
    """
    if ctx.invoked_subcommand is not None:
        return None
    from platform_cli.commands._snapshot._run import run

    return run(ctx.obj, given)
