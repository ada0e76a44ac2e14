"""Look at this machine, the installation and the project, and say how to mend what is wrong.

Section: Set up
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from platform_cli.errors import ExitCode

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.reporting.observation import Observation


@click.command()
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What the result is written as.",
)
@click.pass_obj
def doctor(session: Session, output_format: str) -> int:
    """Look at this machine, the installation and the project.

    For each fault it says why it matters and how to mend it. Changes nothing. Exit code 1 when
    something is wrong enough to stop work.

    \b
    Examples:
      platform doctor
      platform doctor --output-format json
    """
    from platform_cli.doctor.examine import examine

    seen = examine(session.directory)
    if output_format == "json":
        from platform_cli.reporting.observations_as_json import observations_as_json

        click.echo(observations_as_json(seen))
    else:
        click.echo(_text(seen))
    wrong = any(observation.verdict == "error" for observation in seen)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _text(seen: tuple[Observation, ...]) -> str:
    from platform_cli.reporting.observation import render

    errors = sum(observation.verdict == "error" for observation in seen)
    warnings = sum(observation.verdict == "warn" for observation in seen)
    summary = f"{errors} to mend, {warnings} to know about, {len(seen)} looked at"
    return "\n".join([*map(render, seen), "", summary])
