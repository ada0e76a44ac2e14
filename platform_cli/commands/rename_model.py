"""Give a model another name: its files, every ref(), its entries; its table stays.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._own_model import own_model, project_after
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._renaming import as_notes, check_new_name, still_saying
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.config import load_config
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.edits.dependents import may_read
from platform_cli.project.edits.drafts import Change, Drafts
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.rename_model import rename_model as edits_for
from platform_cli.project.edits.unchanged import what_changed
from platform_cli.project.locate import locate
from platform_cli.project.project import Project
from platform_cli.project.resources import Model

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--new-table",
    is_flag=True,
    help="Its table gets the new name too: dbt builds another one, and leaves the old one there.",
)
@writing_options
@project_options
@click.pass_obj
def rename_model(
    session: Session, /, *, old: str, new: str, new_table: bool, **given: Any
) -> ExitCode:
    """Give a model another name: its files, every ref(), its entries; its table stays.

    Every ref() is edited, in SQL, YAML, Python and Markdown; unit tests, exposures, docs blocks,
    selectors and waivers that name the model, too. The table keeps its name by an `alias`, so that
    whoever reads it goes on, and an incremental model keeps its rows; --new-table leaves that out.
    The project is read again as it would be: what dbt would build has to stay the same, or nothing
    is written. What only says the name in a text is listed.

    \b
    Examples:
      platform rename-model fct_delays fct_departure_delays --dry-run
      platform rename-model fct_delays fct_departure_delays --new-table
    """
    wish = take_wish(given)
    root = locate(session.directory)
    settings = load_config(root).check
    project = read_project(root, **given)
    refuse_unread(project, "renamed")
    model = own_model(project, old)
    check_new_name(new, model, project, settings)
    drafts = Drafts(root)
    try:
        drafts.make(edits_for(project, model, new, keep_table=not new_table, by_name=True))
    except RefusedError as error:
        raise PlatformError(f"{old} is not renamed: {error}", hint="nothing was written") from error
    changes = drafts.changes()
    _prove(project, model, new, changes, moved=new_table)
    left = tuple(still_saying(old, project, changes))
    unclear = _unclear(project, model, {one.path for one in left})
    planned = Planned(
        changes,
        words={one.path: [f"{old} -> {new}"] for one in changes},
        details={"old": old, "new": new, "mentions": left},
        then=f"platform build --select {new}",
    )
    code = carry_out(root, planned, wish, session)
    if session.verbosity >= 0:
        for note in as_notes(left, old):
            click.echo(note, err=True)
        for place in unclear:
            click.echo(f"note: {place} may read it, under a name that only dbt can tell", err=True)
        if new_table and model.config.get("materialized") not in ("ephemeral", "view"):
            click.echo(
                f"note: {model.schema}.{model.alias} stays in the database; dbt builds another"
                " table, and an incremental one begins anew",
                err=True,
            )
    return code


def _unclear(project: Project, model: Model, saying: set[str]) -> list[Where]:
    """Who may read it by a name that only dbt can tell.

    Raises PlatformError where the file still says the name.
    """
    found = []
    for name, where, _ in may_read(project, [model]):
        if where.path in saying:
            raise PlatformError(
                f"{model.name} is not renamed: {name} names it, and how is known to dbt alone",
                hint="nothing was written; write it there as a plain ref()",
                where=where,
            )
        found.append(where)
    return found


def _prove(
    project: Project, model: Model, name: str, changes: tuple[Change, ...], *, moved: bool
) -> None:
    """Raise PlatformError unless dbt would build the same with these changes."""
    new_id = f"{model.unique_id.removesuffix(model.name)}{name}"
    after = project_after(project, changes, f"{model.name} is not renamed")
    if other := what_changed(project, after, {model.unique_id: new_id}, moved=moved):
        raise PlatformError(
            f"{model.name} is not renamed: {other} would not be what it was",
            hint="nothing was written; a name that is put together somewhere is edited by hand",
        )
