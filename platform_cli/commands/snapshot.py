"""Take a look at slowly changing sources and keep their history.

Section: Build
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._files import CommandFiles
from platform_cli.commands._options import DbtGroup, dbt_options
from platform_cli.commands._snapshot._options import allow_option, run_at_option

if TYPE_CHECKING:
    from platform_cli.errors import ExitCode


class SnapshotCommands(DbtGroup, CommandFiles):
    """The files of `_snapshot/` are the sub-commands."""

    package = "platform_cli.commands._snapshot"

    def folder(self) -> Path:
        return Path(__file__).parent / "_snapshot"


@click.group(cls=SnapshotCommands, invoke_without_command=True)
@run_at_option
@allow_option
@dbt_options()
@click.pass_context
def snapshot(ctx: click.Context, /, **given: Any) -> ExitCode | None:
    """Take a look at slowly changing sources and keep their history.

    A run writes the right history or refuses: bad keys, a source that is suddenly empty or
    mostly changed, a time before what the history holds, and more, each with counts and
    examples; then nothing is written. What the snapshots read must be there; `platform build`
    makes it.

    \b
    Examples:
      platform snapshot
      platform snapshot --select snp_airports --run-at 2026-09-05
      platform snapshot plan
      platform snapshot backfill snp_airports
    """
    if ctx.invoked_subcommand is not None:
        return None
    from platform_cli.commands._snapshot._run import run

    return run(ctx.obj, given)
