"""How a project comes to the macros package: its files, and the line in packages.yml."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.project.edits.edit import AddItem, YamlEdit
from platform_cli.project.edits.written import written
from platform_cli.project.locate import PROJECT_FILE
from platform_cli.project.project import Project
from platform_cli.scaffold.adoption.files import Wanted, text_of
from platform_cli.scaffold.adoption.found import Found
from platform_cli.scaffold.adoption.templates import rendered
from platform_cli.scaffold.adoption.vendored import PACKAGE, PACKAGE_FOLDER, package_files


def package_edits(project: Project, made: Found) -> Iterator[YamlEdit]:
    """The macros package, unless the project has it from somewhere else."""
    elsewhere = _package_elsewhere(project)
    if elsewhere:
        made.notes.append(f"{PACKAGE} is there already, from {elsewhere}: it is not vendored")
        return
    made.wanted += [Wanted(path, text, ours=True) for path, text in package_files().items()]
    path = _packages_file(project)
    if text_of(project.root, path) is None:
        made.wanted.append(Wanted(path, rendered("packages.yml", package=PACKAGE_FOLDER)))
        return
    yield AddItem(path, ("packages",), {"local": PACKAGE_FOLDER})


def _package_elsewhere(project: Project) -> str:
    for path in ("packages.yml", "dependencies.yml"):
        entries = written(project, path, ("packages",))
        for one in entries if isinstance(entries, list) else ():
            if not isinstance(one, dict):
                continue
            local = one.get("local")
            if isinstance(local, str) and local.rstrip("/") != PACKAGE_FOLDER:
                name = written(project, f"{local}/{PROJECT_FILE}", ("name",))
                if name == PACKAGE:
                    return local
            git = str(one.get("git") or one.get("package") or "")
            if PACKAGE in git or one.get("subdirectory") == "macros":
                return git
    return ""


def downloads(project: Project) -> bool:
    """Whether a fresh checkout is not whole without `dbt deps`."""
    for path in ("packages.yml", "dependencies.yml"):
        entries = written(project, path, ("packages",))
        if any("local" not in one for one in entries or () if isinstance(one, dict)):
            return True
    return False


def _packages_file(project: Project) -> str:
    """dbt wants all packages in one of the two files."""
    if text_of(project.root, "packages.yml") is not None:
        return "packages.yml"
    return (
        "dependencies.yml"
        if written(project, "dependencies.yml", ("packages",)) is not None
        else "packages.yml"
    )
