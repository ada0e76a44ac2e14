"""Which project a command that only reads is about: its options, and the project they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import asdict

from platform_cli.commands._session import Session
from platform_cli.commands._variables import variables
from platform_cli.errors import PlatformError

if TYPE_CHECKING:
    from platform_cli.project.project import Project
    from platform_cli.project.request import Request

_Command = TypeVar("_Command", bound=Callable[..., Any])


def project_options(command: _Command) -> _Command:
    """`--target`, `--profiles-dir` (then absolute) and `--vars`, as dbt has them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request_of(
    *,
    target: str | None,
    profiles_dir: Path | None,
    vars: str | None,  # noqa: A002  (dbt's word)
) -> Request:
    """How these options ask for a project.

    Raises PlatformError when `vars` is no mapping.
    """
    from platform_cli.project.request import Request

    return Request(target, profiles_dir, variables(vars))


def read_project(root: Path, **given: Any) -> Project:
    """The project in folder `root`, read from its files as these options have it.

    Raises PlatformError when dbt_project.yml is missing or broken, or `vars` is no mapping.
    """
    from platform_cli.project.project import Project

    return Project.load(root, **asdict(request_of(**given)))


def _from_the_start(
    ctx: click.Context,
    parameter: click.Parameter,  # noqa: ARG001  (click's signature is click's)
    value: Path | None,
) -> Path | None:
    """Like the folders of commands that call dbt: relative to -C, which click knows nothing of."""
    session = ctx.find_object(Session)
    if value is None or session is None:
        return value
    hint = "it is the folder that holds profiles.yml"
    return folder_given(session, "--profiles-dir", value, hint)


def folder_given(session: Session, option: str, value: Path, hint: str) -> Path:
    """The folder that an option names, relative to -C.

    Raises PlatformError when it does not exist.
    """
    folder = session.directory / value
    if not folder.is_dir():
        raise PlatformError(f"{option}: there is no folder {folder}", hint=hint)
    return folder


_OPTIONS = (
    click.option("-t", "--target", metavar="NAME", help="The target of profiles.yml."),
    click.option(
        "--profiles-dir",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_from_the_start,
        help="Where profiles.yml lies.",
    ),
    click.option("--vars", metavar="YAML", help="Variables, as in '{name: value}'."),
)
