"""The time of a run, and whether the project heeds it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from platform_cli.commands._variables import variables
from platform_cli.dbt_runner import heeds_run_at
from platform_cli.errors import PlatformError
from platform_cli.snapshots.point_in_time import point_in_time

if TYPE_CHECKING:
    from datetime import datetime

    from platform_cli.dbt_runner import Options, Parsed


def with_run_at(options: Options, run_at: str | None, **more: str) -> Options:
    """The options with the run's time, and further variables, among the user's variables."""
    added = {**more, **({"platform_run_at": run_at} if run_at else {})}
    if not added:
        return options
    given = variables(options.vars)
    return replace(options, vars=json.dumps({**given, **added}, default=str))


def time_of_run(run_at: str) -> datetime:
    """The point in time that `--run-at` means. Raises PlatformError for a text that is none."""
    try:
        return point_in_time(run_at)
    except ValueError:
        raise PlatformError(
            f"--run-at: {run_at!r} is no time", hint="for example 2026-09-05 or 2026-09-05T06:00:00"
        ) from None


def insist_on_run_at(parsed: Parsed) -> None:
    """Refuse a time that the project would not heed.

    Raises PlatformError when no macro reads the variable `platform_run_at`.
    """
    if not heeds_run_at(parsed):
        raise PlatformError(
            "this project does not heed the time of a run: dbt would take the clock's",
            hint="add the package platform_macros to packages.yml, and its lines under `dispatch:`"
            " to dbt_project.yml",
        )
