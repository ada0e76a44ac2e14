"""Questions on a terminal; without one, nobody is asked."""

from __future__ import annotations

from collections.abc import Callable

import click

from platform_cli.commands._terminal import on_terminal
from platform_cli.errors import PlatformError


def asked(
    question: str,
    answer: str | None,
    *,
    default: str | None = None,
    choices: tuple[str, ...] = (),
    refuse: Callable[[str], None] | None = None,
) -> str | None:
    """The answer given, or one from the terminal; None without a terminal.

    `refuse` raises PlatformError for an answer that cannot be: then the question comes again, with
    what is wrong. It is not asked about an answer that was given.
    """
    if answer is not None or not on_terminal():
        return answer

    def value(said: str) -> str:
        said = said.strip()
        if refuse is not None and said:
            try:
                refuse(said)
            except PlatformError as error:
                more = f" ({error.hint})" if error.hint else ""
                raise click.BadParameter(f"{error.message}{more}") from error
        return said

    said = click.prompt(
        question,
        default=default or "",
        show_default=bool(default),
        type=click.Choice(choices) if choices else str,
        value_proc=None if choices else value,
        err=True,
    )
    return str(said).strip() or None
