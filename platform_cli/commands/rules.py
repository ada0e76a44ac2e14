"""List the rules that `platform check` applies.

Section: Check
"""

from __future__ import annotations

import click

from platform_cli.conventions.catalogue import catalogue, page
from platform_cli.conventions.rule import Rule, load_rules


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
        click.echo(_json(loaded))
        return
    width = max(len(one.name) for one in loaded)
    for one in loaded:
        click.echo(f"{one.name:{width}}  {one.severity:5}  {one.sentence}")
    click.echo("\nnext: platform explain RULE", err=True)


def _json(loaded: tuple[Rule, ...]) -> str:
    import json

    said = [
        {
            "rule": one.name,
            "severity": one.severity,
            "sentence": one.sentence,
            "page": page(one),
        }
        for one in loaded
    ]
    return json.dumps({"version": 1, "rules": said}, ensure_ascii=False, indent=2)
