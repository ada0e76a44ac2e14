"""Who takes the project's snapshots: platform_macros, or dbt itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.project.resources import Snapshot
from platform_cli.project.snapshot_override import hands_over
from platform_cli.reporting.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from platform_cli.project.project import Project

_FIX = """add platform_macros to packages.yml and write macros/materialization_snapshot.sql:
{% materialization snapshot, default %}
    {{ return(platform_macros.materialization_snapshot_default()) }}
{% endmaterialization %}"""


def look_at_snapshots(project: Project) -> Iterator[Observation]:
    """One observation when the project has snapshots, none else."""
    number = sum(1 for _ in project.of(Snapshot))
    if not number:
        return
    several = f"{number} snapshot{'' if number == 1 else 's'}"
    if hands_over(project):
        yield Observation("snapshots", f"{several}, taken by platform_macros")
        return
    yield Observation(
        "snapshots",
        f"{several}, taken by dbt itself",
        "warn",
        "in a build a wrong history is noticed only after it is written",
        _FIX,
    )
