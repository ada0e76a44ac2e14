"""Bring the YAML of models in step with their SQL: columns, types, contracts.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._options import DbtCommand
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._selection import Asked, selected, selection_options, take_asked
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import locate
from platform_cli.project.resources import Model

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.commands._sync import Plan
    from platform_cli.project.project import Project


@click.command(cls=DbtCommand)
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@selection_options
@click.option(
    "--prune", is_flag=True, help="Remove the entries of columns that are no longer selected."
)
@writing_options
@project_options
@click.pass_obj
def sync(session: Session, /, *, models: tuple[str, ...], prune: bool, **given: Any) -> ExitCode:
    """Bring the YAML of models in step with their SQL: columns, types, contracts.

    A new column is added with its type and the description that it has upstream; a declared type
    that is another one is corrected, and a contract gets all types. What is no longer selected is
    listed, and removed with --prune. Comments, quotes and order stay; what is in step is not
    touched. Types come from DuckDB, which describes the SQL and writes nothing.

    MODEL is in dbt's syntax, as of --select; without one it is every model. Returns 1 while a model
    is left that only a person can bring in step, and with --check when something would change.

    \b
    Examples:
      platform sync fct_delays
      platform sync fct_delays+ --dry-run
      platform sync --changed --yes
      platform sync --check
    """
    asked, wish = take_asked(given), take_wish(given)
    asked = asked._replace(select=(*asked.select, *models))
    root = locate(session.directory)
    project = read_project(root, **given)
    refuse_unread(project, "written")
    chosen = _models(project, session, asked)
    from platform_cli.commands._sync import plan

    planned = plan(project, chosen, prune=prune)
    code = carry_out(root, _as_files(planned), wish, session)
    if session.verbosity >= 0:
        for note in planned.notes():
            click.echo(f"note: {note}", err=True)
    return ExitCode.FINDINGS if planned.refused else code


def _models(project: Project, session: Session, asked: Asked) -> list[Model]:
    ids = selected(project, session, asked).ids
    meant = [
        one
        for one in project.of(Model)
        if one.package_name == project.name and (ids is None or one.unique_id in ids)
    ]
    if not meant and asked.select and asked.changed is None:
        raise PlatformError(
            f"{' '.join(asked.select)} means no model of this project",
            hint="only models have SQL that their YAML could be in step with",
        )
    return meant


def _as_files(planned: Plan) -> Planned:
    names = [one.model for one in planned.due]
    return Planned(
        changes=planned.changes,
        words=planned.words,
        details=planned.details(),
        then=f"platform check --select {' '.join(names)}"
        if len(names) <= _FEW
        else "platform check",
    )


_FEW = 5
