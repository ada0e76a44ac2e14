"""Copy the template of a kind into the project, to change it.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.edits.drafts import Change
from platform_cli.project.locate import locate
from platform_cli.project.made_path import TEMPLATES
from platform_cli.scaffold.model.ejected import ejected_files, refuse_read_by_dbt
from platform_cli.scaffold.model.kind_template import refuse_strange
from platform_cli.scaffold.model.kinds import kind_names, load_kinds
from platform_cli.scaffold.plan import plan_files

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("kind", type=click.Choice(kind_names()))
@writing_options
@project_options
@click.pass_obj
def eject_template(session: Session, /, *, kind: str, **given: Any) -> ExitCode:
    """Copy the template of a kind into the project, to change it.

    The files are templates/KIND/model.sql and model.yml beside dbt_project.yml, where dbt does not
    look; from then on `platform new-model` fills these. What you changed is never overwritten:
    delete a file, and the platform's own is used again.

    \b
    Examples:
      platform eject-template fact
      platform eject-template staging --dry-run
    """
    wish = take_wish(given)
    root = locate(session.directory)
    refuse_read_by_dbt(read_project(root, **given))
    refuse_strange(root, kind_names())
    chosen = next(one for one in load_kinds() if one.name == kind)
    plan = plan_files(root, ejected_files(chosen))
    for one in plan.conflicts:
        if not (wish.dry_run or wish.check_only):
            raise PlatformError(
                f"{one.path} is there already, with another text: it stays as it is",
                hint="nothing was written; --dry-run shows how ours differs, and without your file"
                " ours is used",
                where=Where(one.path),
            )
        click.echo(Change(one.path, one.present, one.text).diff(), err=True)
        click.echo(f"note: {one.path} is yours, and stays", err=True)
    then = f"change {TEMPLATES}/{kind}/, then platform upgrade-models --dry-run"
    return carry_out(root, Planned(plan.changes, words={}, then=then), wish, session)
