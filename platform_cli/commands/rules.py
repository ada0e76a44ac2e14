"""List the rules that `platform check` applies.

Section: Check
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from platform_cli.commands._known_rules import known_rules
from platform_cli.conventions.catalogue import catalogue
from platform_cli.conventions.rule_filter import Wanted, kinds_seen, matching
from platform_cli.conventions.rules_as_json import rules_as_json
from platform_cli.errors import PlatformError, did_you_mean

if TYPE_CHECKING:
    from platform_cli.commands._session import Session

_MARKS = {"automatic": "fix", "suggested": "   ", "none": "   "}


@click.command()
@click.argument("text", nargs=-1)
@click.option(
    "--severity", type=click.Choice(["error", "warn", "info"]), help="Only rules of this severity."
)
@click.option("--sees", metavar="TYPE", help="Only rules that look at these: model, source, ...")
@click.option("--fixable", is_flag=True, help="Only rules that `check --fix` mends.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="markdown is the whole catalogue, as in CONVENTIONS.md.",
)
@click.pass_obj
def rules(
    session: Session,
    /,
    *,
    text: tuple[str, ...],
    severity: str | None,
    sees: str | None,
    fixable: bool,
    output_format: str,
) -> None:
    """List the rules that `platform check` applies; with TEXT those that have all its words.

    In a dbt project its own rules are among them: the Python files in `rules/` and the SQL checks
    in `checks/`.

    \b
    Examples:
      platform rules
      platform rules --severity error --sees source
      platform rules --fixable key
      platform rules --output-format markdown > CONVENTIONS.md
    """
    known = known_rules(session)
    if sees is not None and sees not in (kinds := kinds_seen(known)):
        near = did_you_mean(sees, kinds) or f"they look at: {', '.join(kinds)}"
        raise PlatformError(f"no rule looks at {sees!r}", hint=near)
    found = matching(known, Wanted(text, severity, sees, fixable))
    if output_format == "markdown":
        click.echo(catalogue(found), nl=False)
        return
    if output_format == "json":
        click.echo(rules_as_json(found))
        return
    if not found:
        raise PlatformError("no rule is like that", hint="`platform rules` lists them all")
    width = max(len(one.name) for one in found)
    for one in found:
        click.echo(f"{one.name:{width}}  {one.severity:5}  {_MARKS[one.fix]}  {one.sentence}")
    click.echo("\nfix: mended by `platform check --fix`, where that is safe", err=True)
    click.echo("next: platform explain RULE", err=True)
