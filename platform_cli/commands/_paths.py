"""What goes before the project's paths, so that they open from where they are read."""

from __future__ import annotations

import os
from pathlib import Path


def from_here(project: Path) -> str:
    """For a terminal: from the current folder, or absolute when that is shorter to follow."""
    return _before(project, Path.cwd())


def from_the_repository(project: Path) -> str:
    """For GitHub: from the root of the checkout."""
    if workspace := os.environ.get("GITHUB_WORKSPACE"):
        return _before(project, Path(workspace))
    above = (project, *project.parents)
    return _before(project, next((one for one in above if (one / ".git").exists()), project))


def _before(project: Path, seen_from: Path) -> str:
    relative = Path(os.path.relpath(project, seen_from)).as_posix()
    if relative.startswith("../../.."):
        return f"{project.as_posix()}/"
    return "" if relative == "." else f"{relative}/"
