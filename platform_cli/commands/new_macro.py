"""Write a macro: its SQL, the YAML beside it, and a unit test.

Section: Write
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._terminal import on_terminal
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError, Where, did_you_mean
from platform_cli.project.locate import PROJECT_FILE, locate
from platform_cli.scaffold.macro_files import (
    NewMacro,
    arguments_of,
    check_macro_name,
    macro_files,
)
from platform_cli.scaffold.model.owner import check_owner, groups
from platform_cli.scaffold.plan import Plan, plan_files
from platform_cli.scaffold.project_folders import first_folder

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project
    from platform_cli.scaffold.macro_files import Argument


@click.command()
@click.argument("name")
@click.option(
    "--argument",
    "arguments",
    multiple=True,
    metavar="NAME[:TYPE]",
    help="An argument, with dbt's word for its type; again for each.",
)
@click.option(
    "--package/--project",
    "in_package",
    default=False,
    help="In the package of macros that packages.yml names as a local folder; or in this project.",
)
@click.option("--folder", metavar="DIR", help="In which of the macro folders, or one below it.")
@click.option("--owner", metavar="GROUP", help="The dbt group that the wrapper model is of.")
@writing_options
@project_options
@click.pass_obj
def new_macro(
    session: Session,
    /,
    *,
    name: str,
    arguments: tuple[str, ...],
    in_package: bool,
    folder: str | None,
    owner: str | None,
    **given: Any,
) -> ExitCode:
    """Write a macro: its SQL, the YAML beside it, and a unit test.

    The test is dbt's: an ephemeral wrapper model calls the macro, and `unit_tests` say what comes
    out. As it is written the macro hands its argument on and the test passes; what is yours to
    write is marked TODO. Nothing that is there is overwritten, and no macro of dbt replaced.

    \b
    Examples:
      platform new-macro cents_of --argument amount --dry-run
      platform new-macro in_zone --argument moment --argument zone:optional[string]
      platform new-macro haversine_km --package
    """
    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    check_macro_name(name)
    found = arguments_of(arguments)
    if in_package:
        top, macro = _in_package(project, name, found, folder)
    else:
        top, macro = root, _in_project(project, name, found, folder, owner)
    plan = plan_files(top, macro_files(macro))
    _refuse_taken(project, macro, plan)
    tested = f"`platform test --select {name}__wrapper`"
    if in_package:
        tested = "the tests of the package" if macro.tests else "a test of it where it is used"
    return carry_out(
        top,
        Planned(
            changes=plan.changes,
            words={},
            details={"macro": name, "package": macro.package or project.name},
            then=f"write what is marked TODO, then {tested}",
        ),
        wish,
        session,
    )


def _in_project(
    project: Project,
    name: str,
    arguments: tuple[Argument, ...],
    folder: str | None,
    owner: str | None,
) -> NewMacro:
    known = groups(project.resources, project.name)
    if owner:
        check_owner(owner, known)
    if not owner and len(known) > 1 and on_terminal():
        owner = click.prompt("Whose is it (group)?", type=click.Choice(known), err=True)
    if not owner and len(known) > 1:
        raise PlatformError(
            "the wrapper model has an owner",
            hint=f"say whose it is with --owner GROUP: there are {', '.join(known)}",
        )
    roots = [first_folder(project, "macro-paths", "macros")]
    return NewMacro(
        name,
        arguments,
        _folder(folder, roots) if folder else roots[0],
        f"{project.model_paths[0]}/macro_tests",
        owner=owner or (known[0] if known else None),
    )


def _in_package(
    project: Project, name: str, arguments: tuple[Argument, ...], folder: str | None
) -> tuple[Path, NewMacro]:
    """The folder that all paths of the macro are below, and the macro."""
    import yaml

    top, package = _local_package(project.root)
    settings = yaml.safe_load((package / PROJECT_FILE).read_text(encoding="utf-8")) or {}
    below = package.relative_to(top).as_posix()
    paths = [f"{below}/{one}" for one in settings.get("macro-paths") or ["macros"]]
    # Builders of SQL are what most macros are.
    usual = next((one for one in paths if one.endswith("/sql")), paths[0])
    home = _folder(f"{below}/{folder}", paths) if folder else usual
    tests = f"tests/{package.name}/project/models"
    there = tests if (top / tests).is_dir() else ""
    return top, NewMacro(name, arguments, home, there, package=str(settings.get("name")))


def _local_package(root: Path) -> tuple[Path, Path]:
    """The package that is written beside the project, and the folder that holds both.

    Raises PlatformError when packages.yml names none, or several.
    """
    import yaml

    local: list[Path] = []
    for file in ("packages.yml", "dependencies.yml"):
        try:
            said = yaml.safe_load((root / file).read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError, UnicodeDecodeError):
            continue
        packages = said.get("packages") if isinstance(said, dict) else None
        local += [
            (root / one["local"]).resolve()
            for one in packages or ()
            if isinstance(one, dict) and isinstance(one.get("local"), str)
        ]
    there = [one for one in local if (one / PROJECT_FILE).is_file()]
    if len(there) != 1:
        what = "several local packages" if there else "no local package"
        raise PlatformError(
            f"packages.yml names {what}: --package is for the one that lies beside the project",
            hint="without --package the macro goes into this project",
            where=Where("packages.yml"),
        )
    return Path(os.path.commonpath([root.resolve(), there[0]])), there[0]


def _folder(wish: str, roots: list[str]) -> str:
    folder = os.path.normpath(wish).replace(os.sep, "/")
    if not any(folder == one or folder.startswith(f"{one}/") for one in roots):
        raise PlatformError(
            f"dbt does not look for macros in {wish}",
            hint=did_you_mean(folder, roots) or f"name a folder below {' or '.join(roots)}",
        )
    return folder


def _refuse_taken(project: Project, macro: NewMacro, plan: Plan) -> None:
    """A macro of that name elsewhere, or one of dbt: the new one would replace it."""
    if plan.conflicts:
        path = plan.conflicts[0].path
        raise PlatformError(
            f"{path} is there already, with another text",
            hint="edit that one, or choose another name",
            where=Where(path),
        )
    macros = project.scope(project.name).macros
    if macro.name in macros.internal:
        raise PlatformError(
            f"dbt has a macro {macro.name!r}: a new one would replace it everywhere",
            hint=f"choose another name, for example {project.name}_{macro.name}",
        )
    own = macros.packages.get(macro.package or project.name, {})
    for name, one in own.items():
        if name.lower() == macro.name and plan.changes:
            raise PlatformError(
                f"there is a macro {name} already",
                hint="edit that one, or choose another name",
                where=Where(one.path, one.line),
            )
