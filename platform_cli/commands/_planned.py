"""New files: shown, asked about, written; the same for every command that makes some."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from platform_cli.commands._session import Session
from platform_cli.commands._terminal import on_terminal
from platform_cli.errors import ExitCode
from platform_cli.reporting.plan_as_text import plan_as_text
from platform_cli.scaffold.plan import Plan, write


def plan_options(command: Callable[..., object]) -> Callable[..., object]:
    """`--dry-run`, `--check`, `--json` and `--yes`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing."),
    click.option("--check", is_flag=True, help="Write nothing; exit 1 if something is due."),
    click.option("--json", "as_json", is_flag=True, help="Say it to a program, on stdout."),
    click.option("--yes", is_flag=True, help="Do not ask before writing."),
)


def carry_out(
    plan: Plan,
    session: Session,
    *,
    notes: Sequence[str],
    after: str,
    dry_run: bool,
    check: bool,
    as_json: bool,
    yes: bool,
) -> ExitCode:
    """Show the plan with its notes, and write it if that is wished; `after` is what comes next.

    Raises PlatformError when a file came in the way.
    """
    only_look = dry_run or check or not plan.changes
    asking = on_terminal() and not (only_look or yes or as_json)
    if not as_json:
        if session.verbosity >= 0:
            for note in notes:
                click.echo(f"note: {note}", err=True)
        with_diff = dry_run or asking or session.verbosity > 0
        click.echo(plan_as_text(plan.files, with_diff=with_diff))
    if asking and not click.confirm("Write?", default=True, err=True):
        click.echo("nothing was written", err=True)
        return ExitCode.OK
    if not only_look:
        write(plan)
    if as_json:
        from platform_cli.reporting.plan_as_json import plan_as_json

        click.echo(plan_as_json(plan.files, notes, after, written=not only_look))
    elif not only_look and session.verbosity >= 0:
        click.echo(f"next: {after}", err=True)
    return ExitCode.FINDINGS if check and plan.changes else ExitCode.OK
