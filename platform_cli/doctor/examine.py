"""All that `platform doctor` looks at, in the order in which faults cause one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.doctor.installation import look_at_installation
from platform_cli.doctor.workspace import look_at_workspace
from platform_cli.errors import PlatformError
from platform_cli.reporting.observation import Observation

if TYPE_CHECKING:
    from pathlib import Path


def examine(directory: Path) -> tuple[Observation, ...]:
    """What was seen, looking from this folder; a missing project ends it early."""
    seen = list(look_at_installation(directory))
    try:
        project = _project(directory)
    except PlatformError as error:
        return (*seen, Observation("project", error.message, "error", "", error.hint))
    seen.append(Observation("project", str(project)))
    seen += look_at_workspace(project)
    return tuple(seen)


def _project(directory: Path) -> Path:
    for folder in (directory, *directory.parents):
        if (folder / "dbt_project.yml").is_file():
            return folder
    raise PlatformError(
        f"no dbt_project.yml in {directory} or above it", hint="platform -C DIR doctor"
    )
