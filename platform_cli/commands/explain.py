"""Say why a rule exists, what to write instead, and how to waive it.

Section: Check
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from platform_cli.commands._known_rules import known_rules
from platform_cli.conventions.catalogue import page
from platform_cli.errors import PlatformError, did_you_mean

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("rule")
@click.pass_obj
def explain(session: Session, /, *, rule: str) -> None:
    """Say why a rule exists, what to write instead, and how to waive it.

    \b
    Examples:
      platform explain model-has-owner
    """
    by_name = {one.name: one for one in known_rules(session)}
    if rule not in by_name:
        near = did_you_mean(rule, by_name) or "`platform rules` lists them"
        raise PlatformError(f"there is no rule {rule!r}", hint=near)
    click.echo(page(by_name[rule]))
