"""All that `platform doctor` looks at, in the order in which faults cause one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.doctor.installation import look_at_installation
from platform_cli.doctor.project import look_at_project
from platform_cli.doctor.workspace import look_at_workspace
from platform_cli.errors import PlatformError
from platform_cli.project.locate import locate
from platform_cli.reporting.observation import Observation

if TYPE_CHECKING:
    from pathlib import Path


def examine(directory: Path) -> tuple[Observation, ...]:
    """What was seen, looking from this folder; a missing project ends it early."""
    seen = list(look_at_installation(directory))
    try:
        root = locate(directory)
    except PlatformError as error:
        missing = Observation(
            "project", error.message, "error", "every command but a few needs one", error.hint
        )
        return (*seen, missing)
    return (*seen, *look_at_workspace(root), *look_at_project(root))
