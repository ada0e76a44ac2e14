"""List the rules that `platform check` applies.

Section: Check
"""

from __future__ import annotations

import click

from platform_cli.conventions.catalogue import catalogue
from platform_cli.conventions.rule import load_rules
from platform_cli.conventions.rules_as_json import rules_as_json

_MARKS = {"automatic": "fix", "suggested": "   ", "none": "   "}


@click.command()
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="markdown is the whole catalogue, as in CONVENTIONS.md.",
)
def rules(output_format: str) -> None:
    """List the rules that `platform check` applies.

    \b
    Examples:
      platform rules
      platform rules --output-format markdown > CONVENTIONS.md
    """
    loaded = load_rules()
    if output_format == "markdown":
        click.echo(catalogue(loaded), nl=False)
        return
    if output_format == "json":
        click.echo(rules_as_json(loaded))
        return
    width = max(len(one.name) for one in loaded)
    for one in loaded:
        click.echo(f"{one.name:{width}}  {one.severity:5}  {_MARKS[one.fix]}  {one.sentence}")
    click.echo("\nfix: mended by `platform check --fix`, where that is safe", err=True)
    click.echo("next: platform explain RULE", err=True)
