"""Say where and why when dbt stops and does not say it: the files themselves tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.commands._project import read_project
from platform_cli.errors import ExitCode, PlatformError, Where

if TYPE_CHECKING:
    from platform_cli.dbt_runner import Options
    from platform_cli.project.problem import Problem
    from platform_cli.project.project import Project

_OF_PROFILE = re.compile(r"\bprofiles?\b|profiles\.yml|\btarget\b|Env var|not valid YAML")


@contextmanager
def explained(project: Path, options: Options) -> Iterator[None]:
    """Run dbt inside; what it says without a line becomes what our reader says with one.

    dbt names one missing environment variable per run and no file at all when a text is not
    UTF-8. Our reader is asked only after dbt has failed, so it can refuse nothing by itself.
    """
    try:
        yield
    except PlatformError as error:
        if error.where and error.where.line:
            raise
        if error.message.startswith("Env var required"):
            raise _all_missing(error, project) from error
        better = _better(error, project, options)
        if better is None:
            raise
        raise better from error


def _all_missing(error: PlatformError, root: Path) -> PlatformError:
    from platform_cli.project.settings.missing_env_vars import missing_env_vars

    missing = missing_env_vars(root)
    if not missing:
        return error
    lines = [f"  {one.name} ({one.where})" for one in missing]
    return PlatformError(
        "these environment variables are needed and not set:\n" + "\n".join(lines),
        hint="set them (export NAME=value), or give them defaults: env_var('NAME', 'value')",
        where=missing[0].where,
    )


def _better(error: PlatformError, root: Path, options: Options) -> PlatformError | None:
    if error.exit_code is ExitCode.ENVIRONMENT and error.where:
        return None
    try:
        project = read_project(
            root, target=options.target, profiles_dir=options.profiles_dir, vars=options.vars
        )
    except PlatformError as ours:
        # dbt_project.yml: everything else waits for it.
        return ours
    except (ValueError, TypeError, OSError):
        return None
    if error.exit_code is ExitCode.ENVIRONMENT:
        return _at_the_database(error, project)
    found = _that_stop_dbt(error, project)
    if not found:
        return None
    first, *others = found
    more = f"\n{len(others)} more: platform check" if others else ""
    return PlatformError(first.message, hint=f"{first.hint}{more}".strip(), where=first.where)


def _at_the_database(error: PlatformError, project: Project) -> PlatformError | None:
    """DuckDB does not always name the file that it complains about."""
    path = getattr(project.target, "path", None)
    if not path or "database" not in error.message:
        return None
    where = Where(str(project.root / path))
    return PlatformError(error.message, hint=error.hint, where=where, exit_code=error.exit_code)


def _that_stop_dbt(error: PlatformError, project: Project) -> list[Problem]:
    """The problems that can be the one dbt means."""
    stops = [problem for problem in project.problems if problem.severity == "error"]
    if _OF_PROFILE.search(error.message):
        return [problem for problem in stops if problem.kind == "profile"]
    # A macro that does not exist stops the node that calls it, and not dbt.
    others = [problem for problem in stops if problem.kind not in {"profile", "macro"}]
    if any(problem.message == error.message for problem in others):
        # A circle has several files; dbt's may be another one than ours.
        return [problem for problem in others if problem.message == error.message]
    if error.where:
        return [problem for problem in others if problem.path == error.where.path]
    return others
