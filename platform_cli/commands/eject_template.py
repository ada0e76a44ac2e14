"""Copy the template of a kind into the project, to change it.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._planned import carry_out, plan_options
from platform_cli.commands._project import project_options, read_project
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.locate import locate
from platform_cli.scaffold.ejected import ejected_files, refuse_read_by_dbt
from platform_cli.scaffold.kind_template import refuse_strange
from platform_cli.scaffold.kinds import kind_names, load_kinds
from platform_cli.scaffold.plan import plan_files

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("kind", type=click.Choice(kind_names()))
@project_options
@plan_options
@click.pass_obj
def eject_template(
    session: Session,
    /,
    *,
    kind: str,
    target: str | None,
    profiles_dir: Any,
    vars: str | None,  # noqa: A002  (dbt's word)
    **how: Any,
) -> ExitCode:
    """Copy the template of a kind into the project, to change it.

    The files are templates/KIND/model.sql and model.yml beside dbt_project.yml, where dbt does not
    look; from then on `platform new-model` fills these. What you changed is never overwritten:
    delete a file, and the platform's own is used again.

    \b
    Examples:
      platform eject-template fact
      platform eject-template staging --dry-run
    """
    root = locate(session.directory)
    project = read_project(root, target=target, profiles_dir=profiles_dir, vars=vars)
    refuse_read_by_dbt(project)
    refuse_strange(root, kind_names())
    chosen = next(one for one in load_kinds() if one.name == kind)
    plan = plan_files(root, ejected_files(chosen))
    yours = [one.path for one in plan.conflicts]
    only_look = how["dry_run"] or how["check"]
    if yours and not only_look:
        raise PlatformError(
            f"{' and '.join(yours)}: yours is there already, with another text",
            hint="nothing was written; --dry-run shows how ours differs, and without your file"
            " ours is used",
            where=Where(yours[0]),
        )
    return carry_out(
        plan,
        session,
        notes=[f"{one} is yours, and stays" for one in yours],
        after=f"change templates/{kind}/, then platform upgrade-models --dry-run",
        **how,
    )
