"""The project: its profile, its packages, and its DuckDB file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from platform_cli.doctor.snapshots import look_at_snapshots
from platform_cli.errors import PlatformError
from platform_cli.reporting.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from platform_cli.project.project import Project
    from platform_cli.project.resources import Undecided
    from platform_cli.project.settings.profile import Target


def look_at_project(root: Path) -> Iterator[Observation]:
    """What is to be said of the dbt project in this folder; changes nothing in its database."""
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Undecided

    try:
        project = Project.load(root)
    except PlatformError as error:
        yield Observation("project", error.message, "error", "nothing works without it", error.hint)
        return
    yield Observation("project", f"{project.name} in {root}")
    yield _packages(project)
    yield from look_at_snapshots(project)
    if isinstance(project.target, Undecided):
        yield _without_target(project, project.target)
        return
    target = project.target
    yield Observation("profile", f"{target.profile}, target {target.name} ({target.type})")
    if target.type == "duckdb":
        yield _database(root, target)


def _packages(project: Project) -> Observation:
    missing = [problem for problem in project.problems if problem.kind == "package"]
    if missing:
        return Observation(
            "packages",
            missing[0].message,
            "error",
            "macros and models of the packages are not found",
            missing[0].hint or f"look at {missing[0].path}",
        )
    return Observation("packages", "all that packages.yml asks for are installed")


def _without_target(project: Project, target: Undecided) -> Observation:
    problem = next((each for each in project.problems if each.kind == "profile"), None)
    if problem is None or problem.severity != "error":
        return Observation(
            "profile",
            f"only dbt can tell: {target.reason}",
            "warn",
            "what needs no dbt, such as previews, falls back to it and takes seconds",
            "dbt debug",
        )
    return Observation(
        "profile",
        problem.message,
        "error",
        "dbt does not know where to build",
        problem.hint or "dbt debug",
    )


def _database(root: Path, target: Target) -> Observation:
    from platform_cli.warehouse import connect, rows

    if target.path is None or target.path == ":memory:":
        return Observation("database", "in memory: it is gone when dbt ends")
    path = root / target.path
    if "://" in target.path or target.path.startswith("md:"):
        return Observation("database", f"{target.path}, which is no file here")
    if not path.exists():
        return Observation(
            "database",
            f"{path} is not there yet",
            "warn",
            "there is nothing to look at before the first build",
            "platform build",
        )
    try:
        with connect(path) as connection:
            (found,) = rows(connection, "select count(*) from duckdb_tables() where not internal")
    except PlatformError as error:
        return Observation(
            "database",
            f"{path}: {error.message}",
            "error",
            "nothing can be read or built meanwhile",
            error.hint,
        )
    if not os.access(path, os.W_OK):
        return Observation(
            "database",
            f"{path} can be read and not written to",
            "error",
            "nothing can be built",
            f'chmod u+w "{path}"',
        )
    return Observation("database", f"{path}, {found[0]} tables, nobody holds it")
