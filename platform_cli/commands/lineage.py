"""Show what a model is made from and what is made from it.

Section: Look
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.lineage import lineage as lineage_of
from platform_cli.project.locate import locate
from platform_cli.project.project import Project
from platform_cli.project.selection import select

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("model")
@click.option("--upstream", is_flag=True, help="Only what it is made from.")
@click.option("--downstream", is_flag=True, help="Only what is made from it.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="At most N steps away.")
@click.option(
    "--output-format", type=click.Choice(["text", "json", "mermaid"]), default="text"
)
@click.option("-t", "--target", help="The target of profiles.yml, if config depends on it.")
@click.pass_obj
def lineage(
    session: Session,
    *,
    model: str,
    upstream: bool,
    downstream: bool,
    depth: int | None,
    output_format: str,
    target: str | None,
) -> None:
    """Show what a model is made from and what is made from it.

    MODEL is the name of a model, seed, snapshot or exposure, or source:NAME.TABLE.

    \b
    Examples:
      platform lineage fct_flights
      platform lineage stg_flights --downstream --depth 1
      platform lineage fct_flights --output-format mermaid
    """
    project = Project.load(locate(session.directory), target=target)
    found = select(project.resources, [model])
    if len(found) > 1:
        raise PlatformError(
            f"{model!r} is several resources: {', '.join(sorted(found))}",
            hint="name one of them",
            exit_code=ExitCode.USAGE,
        )
    result = lineage_of(
        project.resources,
        found.pop(),
        upstream=upstream or not downstream,
        downstream=downstream or not upstream,
        depth=depth,
    )
    if output_format == "json":
        from platform_cli.reporting.lineage_as_json import lineage_as_json

        click.echo(lineage_as_json(result))
    elif output_format == "mermaid":
        from platform_cli.reporting.lineage_as_mermaid import lineage_as_mermaid

        click.echo(lineage_as_mermaid(result))
    else:
        from platform_cli.reporting.lineage_as_text import lineage_as_text

        click.echo(lineage_as_text(result))
