"""Bring what changed in their templates into generated models; your edits stay.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._options import DbtCommand
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._selection import selected, selection_options, take_asked
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode
from platform_cli.project.locate import locate
from platform_cli.project.made_path import made_path
from platform_cli.project.resources import Model
from platform_cli.scaffold.model.kind_template import refuse_strange
from platform_cli.scaffold.model.kinds import kind_names

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.commands._upgrade import OnConflict


@click.command(cls=DbtCommand)
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@selection_options
@click.option(
    "--conflicts",
    type=click.Choice(["refuse", "marks", "mine"]),
    default="refuse",
    show_default=True,
    help="Where you and the template changed the same: leave the model as it is, write both with"
    " git's marks, or keep yours.",
)
@writing_options
@project_options
@click.pass_obj
def upgrade_models(
    session: Session, /, *, models: tuple[str, ...], conflicts: OnConflict, **given: Any
) -> ExitCode:
    """Bring what changed in their templates into generated models; your edits stay.

    `platform new-model` remembers in templates/made/ what it made. From that, the template as it is
    now, and the files as they are, the new files are made: YAML key by key (a new key comes in, a
    changed one only where you left it as it was), SQL line by line. Comments, quotes and order
    stay. A model whose template did not change is not touched.

    MODEL is in dbt's syntax, as of --select; without one it is every model that was generated.
    Returns 1 while a model is left with a conflict, and with --check when something would change.

    \b
    Examples:
      platform upgrade-models --dry-run
      platform upgrade-models fct_delays --conflicts marks
      platform upgrade-models --check
    """
    asked, wish = take_asked(given), take_wish(given)
    asked = asked._replace(select=(*asked.select, *models))
    root = locate(session.directory)
    refuse_strange(root, kind_names())
    project = read_project(root, **given)
    refuse_unread(project, "written")
    from platform_cli.commands._upgrade import plan, refuse_none, remembered
    from platform_cli.scaffold.model.made_model import made_names

    ids = selected(project, session, asked).ids
    own = [one for one in project.of(Model) if one.package_name == project.name]
    meant = [one for one in own if ids is None or one.unique_id in ids]
    names = made_names(root)
    refuse_none(asked.select, names, meant)
    found = plan(project, remembered(project, {one.name: one for one in meant}, names), conflicts)
    planned = Planned(found.changes, found.words, found.details(), "platform check --changed")
    code = carry_out(root, planned, wish, session)
    if session.verbosity >= 0:
        there = {one.name for one in own}
        gone = [] if ids is not None else [one for one in names if one not in there]
        notes = [f"{made_path(one)}: there is no {one}; rename or delete the file" for one in gone]
        for note in (*found.notes(), *notes):
            click.echo(f"note: {note}", err=True)
    return ExitCode.FINDINGS if any(one.left for one in found.due) else code
