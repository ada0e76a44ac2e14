"""Repair what verify finds in a history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options
from platform_cli.errors import ExitCode

if TYPE_CHECKING:
    from platform_cli.commands._session import Session

_KINDS = (
    "null-keys",
    "empty-versions",
    "several-open",
    "overlaps",
    "repeated-ids",
    "reopened",
    "false-versions",
)


@click.command()
@click.argument("snapshot")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Only this kind of repair; again for another. The last two are only done when named.",
)
@click.option("--dry-run", is_flag=True, help="Show the plan, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@project_options
@click.pass_obj
def repair(
    session: Session,
    /,
    snapshot: str,
    *,
    only: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    output_format: str,
    **place: Any,
) -> ExitCode:
    """Repair what `verify` finds in a history: shows a plan first, and keeps a copy.

    Rows without a key and versions that are valid at no time go. Where versions claim the same
    time, the one that began last holds. Ids that occur twice become unique. Sound histories are
    only changed when it is asked for: --only reopened joins what was closed all at once and came
    back unchanged, --only false-versions joins neighbours that show the same values.

    \b
    Examples:
      platform snapshot repair snp_airports --dry-run
      platform snapshot repair snp_airports --only overlaps --yes
      platform snapshot repair snp_airports --only reopened --only false-versions --dry-run
    """
    from platform_cli.commands._snapshot._confirm import confirmed
    from platform_cli.commands._snapshot._histories import one_history
    from platform_cli.reporting.repair_plan import plan_as_json, plan_as_text
    from platform_cli.snapshots.history_table import insist_on_a_table
    from platform_cli.snapshots.repair import plan_repair
    from platform_cli.snapshots.repair import repair as write

    with one_history(session, snapshot, place) as (connection, history):
        insist_on_a_table(history)
        plan = plan_repair(connection, history, only)
    if output_format == "json":
        click.echo(plan_as_json(plan))
    elif plan.repairs or plan.left:
        click.echo(plan_as_text(plan))
    code = ExitCode.FINDINGS if plan.left else ExitCode.OK
    if not plan.repairs:
        click.echo(f"{history.name}: there is nothing that this can repair", err=True)
        return code
    if dry_run or not confirmed("Repair it?", yes=yes):
        click.echo("nothing was written", err=True)
        return code
    with one_history(session, snapshot, place, write=True) as (connection, history):
        copy = write(connection, history, plan, only)
    if session.verbosity >= 0:
        click.echo(f"{history.name} is repaired; as it was it lies in {copy}", err=True)
        click.echo(f"next: platform snapshot verify {history.name}", err=True)
    return code
