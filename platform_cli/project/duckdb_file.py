"""The DuckDB file of a project's target."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from platform_cli.project.project import Project


def duckdb_file(project: Project) -> Path | Undecided:
    """Where it lies, whether it is there or not; or why there is none that we could open."""
    target = project.target
    if isinstance(target, Undecided):
        return target
    if target.type != "duckdb":
        return Undecided(f"the target is {target.type}, not DuckDB")
    path = str(target.path or ":memory:")
    if path.startswith(":memory:") or ":" in path.split("/", maxsplit=1)[0][2:]:
        return Undecided(f"the database is not a file: {path}")
    # dbt takes the path from the project's root.
    return project.root / path
