"""May it be written: asked on a terminal, said with --yes elsewhere."""

from __future__ import annotations

import click

from platform_cli.commands._terminal import on_terminal
from platform_cli.errors import PlatformError


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether somebody agreed.

    Raises PlatformError (exit code 2) when nobody can be asked.
    """
    if yes:
        return True
    if not on_terminal():
        raise PlatformError(
            "nothing was written: nobody is here to agree",
            hint="look at it with --dry-run, then do it with --yes",
        )
    return click.confirm(question, default=False, err=True)
