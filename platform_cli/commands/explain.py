"""Say why a rule exists, what to write instead, and how to waive it.

Section: Check
"""

from __future__ import annotations

import click

from platform_cli.conventions.catalogue import page
from platform_cli.conventions.rule import load_rules
from platform_cli.errors import PlatformError, did_you_mean


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why a rule exists, what to write instead, and how to waive it.

    \b
    Examples:
      platform explain model-has-owner
    """
    by_name = {one.name: one for one in load_rules()}
    if rule not in by_name:
        near = did_you_mean(rule, by_name) or "`platform rules` lists them"
        raise PlatformError(f"there is no rule {rule!r}", hint=near)
    click.echo(page(by_name[rule]))
