"""The one door to dbt: its commands as functions, in this process, with our own results.

Importing this is cheap; dbt is imported by the first call.
"""

from platform_cli.dbt_runner.declared_line import declared_line
from platform_cli.dbt_runner.late_sources import LateSource, with_sources
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
from platform_cli.dbt_runner.snapshot_nodes import (
    SnapshotNode,
    heeds_run_at,
    snapshot_nodes,
    takes_our_snapshots,
)
from platform_cli.dbt_runner.snapshot_plays import Play, Played, PlayRun, Texts
from platform_cli.dbt_runner.snapshot_reports import Cell, Refusal, Sample, SnapshotReport
from platform_cli.dbt_runner.snapshot_sources import SnapshotSource, snapshot_sources
from platform_cli.dbt_runner.variables_read import variables_read
from platform_cli.dbt_runner.verbs import (
    build,
    compile,  # noqa: A004
    parse,
    play,
    run,
    seed,
    show,
    snapshot,
    test,
)

__all__ = [
    "FAILED",
    "GOOD",
    "Cell",
    "LateSource",
    "NodeResult",
    "OnEvent",
    "Options",
    "Parsed",
    "Play",
    "PlayRun",
    "Played",
    "Progress",
    "Refusal",
    "RunResult",
    "Sample",
    "ShowResult",
    "SnapshotNode",
    "SnapshotReport",
    "SnapshotSource",
    "Status",
    "Texts",
    "build",
    "compile",
    "declared_line",
    "heeds_run_at",
    "parse",
    "play",
    "run",
    "seed",
    "show",
    "snapshot",
    "snapshot_nodes",
    "snapshot_sources",
    "takes_our_snapshots",
    "test",
    "variables_read",
    "with_sources",
]
