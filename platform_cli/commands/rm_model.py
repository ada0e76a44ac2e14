"""Remove models: their SQL, entries and unit tests, if nothing depends on them.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._own_model import own_model, project_after
from platform_cli.commands._paths import from_here
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._renaming import as_notes, still_saying
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.edits.dependents import dependents, may_read
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.remove_model import remove_models
from platform_cli.project.locate import locate
from platform_cli.project.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from platform_cli.commands._session import Session
    from platform_cli.commands._writing import Wish
    from platform_cli.project.edits.dependents import Dependent
    from platform_cli.project.resources import Model


@click.command()
@click.argument("models", nargs=-1, required=True, metavar="MODEL...")
@writing_options
@project_options
@click.pass_obj
def rm_model(session: Session, /, *, models: tuple[str, ...], **given: Any) -> ExitCode:
    """Remove models: their SQL, entries and unit tests, if nothing depends on them.

    What depends on them is listed with its place and its owner, and then nothing is removed (exit
    code 1): dbt would not start. Name the readers too, and all go at once. The tables stay in the
    database. Undoing is git's: what git does not have, or not as it is now, needs --yes.

    \b
    Examples:
      platform rm-model fct_old_delays --dry-run
      platform rm-model int_old_delays fct_old_delays
    """
    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    refuse_unread(project, "removed")
    chosen = [own_model(project, name) for name in dict.fromkeys(models)]
    if broken := dependents(project, chosen):
        return _refused(project, chosen, broken, wish)
    for name, where, names_it in may_read(project, chosen):
        if names_it:
            raise PlatformError(
                f"{name} may depend on it: what it reads is known to dbt alone",
                hint="nothing was removed; write the name in it as a plain ref(), or take it out",
                where=where,
            )
    try:
        changes = remove_models(project, chosen).changes()
    except RefusedError as error:
        raise PlatformError(f"nothing was removed: {error}") from error
    project_after(project, changes, "nothing was removed")
    left = [(one.name, at) for one in chosen for at in still_saying(one.name, project, changes)]
    names = ", ".join(one.name for one in chosen)
    planned = Planned(
        changes,
        words={one.path: [names] for one in changes},
        details={
            "removed": [one.name for one in chosen],
            "dependents": [],
            "mentions": [at for _, at in left],
        },
        then="platform check",
    )
    code = carry_out(root, planned, wish, session)
    if session.verbosity >= 0:
        for one in chosen:
            for note in as_notes([at for name, at in left if name == one.name], one.name):
                click.echo(note, err=True)
        for one in chosen:
            if one.config.get("materialized") != "ephemeral":
                click.echo(f"note: {one.schema}.{one.alias} stays in the database", err=True)
    return code


def _refused(
    project: Project, chosen: Sequence[Model], broken: Sequence[Dependent], wish: Wish
) -> ExitCode:
    """Say what would break, and whose it is."""
    if wish.as_json:
        from platform_cli.reporting.changes_as_json import changes_as_json

        details = {"removed": [], "dependents": broken, "mentions": []}
        click.echo(changes_as_json((), written=False, details=details))
    else:
        from platform_cli.reporting.dependents_as_text import dependents_as_text

        click.echo(dependents_as_text(broken, folder=from_here(project.root)))
    names = " and ".join(one.name for one in chosen)
    models = " ".join(one.name for one in broken if one.kind == "model")
    click.echo(f"nothing was removed: {len(broken)} would break without {names}", err=True)
    together = " ".join(one.name for one in chosen)
    hint = f"with its readers: platform rm-model {together} {models} --dry-run"
    click.echo(f"next: {hint if models else 'take the model out of these'}", err=True)
    return ExitCode.FINDINGS
