"""The rule style in the commands: when it is on, and that a first look at all files takes time."""

from __future__ import annotations

import click
from msgspec.structs import replace

from platform_cli.commands._progress import is_live
from platform_cli.commands._session import Session
from platform_cli.config import Check

_STYLE = "style"
MANY = 50
"""Files, from which on a person would ask what takes so long."""

style_option = click.option(
    "--style/--no-style",
    default=None,
    help="Whether to look at layout too (the rule style, through sqlfluff): else as platform.yml "
    "has it.",
)


def with_style(settings: Check, wished: bool | None) -> Check:
    """The settings with the rule style on or off, as an option wishes."""
    severity = settings.rule(_STYLE).severity
    if wished is None or (wished and severity not in {None, "off"}):
        return settings
    return replace(settings, rules={**settings.rules, _STYLE: "info" if wished else "off"})


def before_build(settings: Check) -> Check:
    """The settings without style, unless it may stop the build: nobody would wait for remarks."""
    named = _STYLE in settings.rules or _STYLE in settings.locked or settings.preset == "strict"
    if not named or settings.rule(_STYLE).severity in {"error", "off"}:
        return settings
    return replace(settings, rules={**settings.rules, _STYLE: "off"})


class CountFiles:
    """Says on stderr how many of many files have been looked at."""

    def __init__(self, session: Session) -> None:
        self._quiet = session.verbosity < 0
        self._live = is_live()

    def __call__(self, done: int, of: int) -> None:
        """`done` files of `of`; 0 before the first one."""
        if self._quiet or of < MANY:
            return
        if not self._live:
            if not done:
                click.echo(f"style: {of:,} files are new, the next time is quick", err=True)
        else:
            text = "" if done == of else f"style: {done:,} of {of:,} files"
            click.echo(f"\r\x1b[2K{text}", nl=False, err=True)
