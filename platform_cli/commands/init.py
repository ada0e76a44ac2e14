"""Give a new folder, or a dbt project that is there, the platform.

Section: Set up
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options, request_of
from platform_cli.commands._writing import carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import PROJECT_FILE

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("directory", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--name", help="Of a new project; by default what its folder is called.")
@click.option(
    "--owner",
    metavar="GROUP",
    help="The first dbt group, where the project has no owners yet; by default data_team.",
)
@writing_options
@project_options
@click.pass_obj
def init(
    session: Session,
    /,
    *,
    directory: Path,
    name: str | None,
    owner: str | None,
    **given: Any,
) -> ExitCode:
    """Give a new folder, or a dbt project that is there, the platform.

    In a new or empty folder: a project with a seed, a view and a table, that `platform build`
    builds and `platform check` finds nothing in. In a dbt project: what it lacks, described as it
    is today (layers, names, owners, profile), and a baseline, so that the first `platform check` is
    green. No model is changed, and nothing of yours is overwritten. Files only: no network.

    \b
    Examples:
      platform init flights
      platform init flights --name nyc_flights --owner network_planning
      platform init . --dry-run
      platform init transform --check
    """
    wish = take_wish(given)
    root = (session.directory / directory).absolute()
    root = Path(os.path.normpath(root))
    _refuse_place(root)
    from platform_cli.commands import _init

    if (root / PROJECT_FILE).is_file():
        if name:
            raise PlatformError(
                f"{directory} is a dbt project, and has a name", hint="leave --name away"
            )
        request = request_of(**given)
        planned = _init.existing(root, request, owner)
    else:
        _refuse_full(root, directory)
        planned = _init.new(root, directory, name, owner)
    if session.verbosity >= 0:
        for note in planned.notes:
            click.echo(f"note: {note}", err=True)
    return carry_out(planned.base, planned.files, wish, session)


def _refuse_place(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise PlatformError(f"{root} is a file", hint="name a folder, there or new")
    there = next(one for one in (root, *root.parents) if one.exists())
    if not there.is_dir():
        raise PlatformError(f"{there} is a file", hint="name a folder, there or new")
    if not os.access(there, os.W_OK | os.X_OK):
        raise PlatformError(
            f"no permission to write to {there}",
            hint="nothing was written; choose another folder, or ask its owner",
            exit_code=ExitCode.ENVIRONMENT,
        )


def _refuse_full(root: Path, directory: Path) -> None:
    """A folder with other things in it is somebody's; one inside a project is part of it."""
    from platform_cli.scaffold.adoption.new_project import is_new

    if not is_new(root):
        below = sorted(one.parent.relative_to(root) for one in root.glob(f"*/{PROJECT_FILE}"))
        below += sorted(one.parent.relative_to(root) for one in root.glob(f"*/*/{PROJECT_FILE}"))
        hint = "name a folder that is new or empty, or a dbt project"
        if below:
            hint = f"there is a dbt project below it: platform init {directory / below[0]}"
        raise PlatformError(
            f"{root} is not empty, and no dbt project: no {PROJECT_FILE} in it", hint=hint
        )
    outer = next((one for one in root.parents if (one / PROJECT_FILE).is_file()), None)
    if outer:
        raise PlatformError(
            f"{root} lies inside the dbt project {outer}",
            hint=f"that one gets the platform with: platform init {outer}",
        )
