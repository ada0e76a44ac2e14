"""The one door to dbt: its commands as functions, in this process, with our own results.

Importing this is cheap; dbt is imported by the first call.
"""

from platform_cli.dbt_runner.options import Options
from platform_cli.dbt_runner.results import (
    FAILED,
    GOOD,
    NodeResult,
    OnEvent,
    Parsed,
    Progress,
    RunResult,
    ShowResult,
    Status,
)
from platform_cli.dbt_runner.verbs import (
    build,
    compile,  # noqa: A004
    parse,
    run,
    seed,
    show,
    snapshot,
    test,
)

__all__ = [
    "FAILED",
    "GOOD",
    "NodeResult",
    "OnEvent",
    "Options",
    "Parsed",
    "Progress",
    "RunResult",
    "ShowResult",
    "Status",
    "build",
    "compile",
    "parse",
    "run",
    "seed",
    "show",
    "snapshot",
    "test",
]
