"""Write a snapshot: its key and how it sees changes, found in the data and explained.

Section: Write
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._data import needs_database, open_data, relation_of
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._terminal import on_terminal
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import locate
from platform_cli.scaffold.model.owner import check_owner, groups
from platform_cli.scaffold.named import named_table

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Node, Source
    from platform_cli.scaffold.snapshot.choice import Choice, Wishes


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "word",
    metavar="ref:MODEL|source:NAME.TABLE",
    help="The table whose history is kept.",
)
@click.option("--key", multiple=True, metavar="COLUMN", help="unique_key; again for each part.")
@click.option("--strategy", type=click.Choice(["timestamp", "check", "change_log"]))
@click.option("--updated-at", metavar="COLUMN", help="The column that says when a row changed.")
@click.option("--hard-deletes", type=click.Choice(["ignore", "invalidate", "new_record"]))
@click.option("--owner", metavar="GROUP", help="The dbt group that answers for it.")
@writing_options
@project_options
@click.pass_obj
def new_snapshot(
    session: Session,
    /,
    *,
    name: str,
    word: str | None,
    key: tuple[str, ...],
    strategy: str | None,
    updated_at: str | None,
    hard_deletes: str | None,
    owner: str | None,
    **given: Any,
) -> ExitCode:
    """Write a snapshot: its key and how it sees changes, found in the data and explained.

    A key is proven on all rows: unique, never NULL, no more columns than needed. The strategy is
    change_log for events with an operation, timestamp when a column reliably says when a row
    changed, else check. What is chosen is explained, and what would go wrong is said before the
    first run: a history that was written wrongly cannot be taken again. Options overrule it.

    \b
    Examples:
      platform new-snapshot snp_planes --from ref:stg_planes --dry-run
      platform new-snapshot snp_orders --from source:shop.orders --strategy check
      platform new-snapshot snp_rates --from ref:stg_rates --key currency --key valid_on
    """
    from platform_cli.scaffold.snapshot.choice import Wishes

    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    refuse_unread(project, "written")
    if word is None and on_terminal():
        word = click.prompt("The history of what (ref:MODEL or source:NAME.TABLE)?", err=True)
    if not word:
        raise PlatformError(
            "a snapshot keeps the history of a table", hint="--from ref:MODEL or source:NAME.TABLE"
        )
    read = named_table(project.resources, project.name, word, "--from")
    from platform_cli.scaffold.drafted import drafted
    from platform_cli.scaffold.snapshot.entry import check_snapshot_name, snapshot_edits, taken_by

    check_snapshot_name(project, name, read)
    known = groups(project.resources, project.name)
    if owner:
        check_owner(owner, known)
    group = getattr(read, "group", None) or (known[0] if len(known) == 1 else None)
    choice = _choose(project, read, Wishes(key, strategy, updated_at, hard_deletes))
    changes = drafted(project, snapshot_edits(project, name, read, choice, owner or group))
    warnings = [*choice.warnings, *filter(None, [taken_by(project)])]
    if session.verbosity >= 0:
        for because in choice.because:
            click.echo(f"note: {because}", err=True)
        for warning in warnings:
            click.echo(f"mind: {warning}", err=True)
    summary = f"{choice.config['strategy']} on {', '.join(choice.key)}"
    return carry_out(
        root,
        Planned(
            changes=changes,
            words={one.path: [summary] if name in one.path else [] for one in changes},
            details={
                "snapshot": name,
                "config": choice.config,
                "because": choice.because,
                "warnings": warnings,
            },
            then=f"write what is marked TODO, then `platform snapshot plan --select {name}`",
        ),
        wish,
        session,
    )


def _choose(project: Project, read: Node | Source, wishes: Wishes) -> Choice:
    from platform_cli.project.resources import Source
    from platform_cli.scaffold.facts.column_facts import look_at, look_at_times
    from platform_cli.scaffold.snapshot.choice import choose

    with open_data(project, needs_database=needs_database(read)) as contents:
        relation = relation_of(project, read, contents)
        table = look_at(contents.connection, relation)
        times = look_at_times(contents.connection, table)
        subject = re.sub(r"^(stg|int|fct|dim|raw|src)_+", "", read.name.lower())
        return choose(
            contents.connection, table, times, subject, wishes, of_source=isinstance(read, Source)
        )
