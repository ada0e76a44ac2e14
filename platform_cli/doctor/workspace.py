"""The project's folder: git, permissions, disk, settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from platform_cli.config import load_config
from platform_cli.errors import PlatformError
from platform_cli.reporting.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCARCE = 1_000_000_000
"""Bytes. Below that, a build of ordinary size may not end."""


def look_at_workspace(project: Path) -> Iterator[Observation]:
    """What is to be said of the folder of the project."""
    yield _settings(project)
    yield _git(project)
    yield _permissions(project)
    yield _disk(project)


def _settings(project: Path) -> Observation:
    try:
        load_config(project)
    except PlatformError as error:
        return Observation(
            "platform.yml", error.message, "error", f"it stands in {error.where}", error.hint
        )
    there = (project / "platform.yml").is_file()
    return Observation("platform.yml", "is sound" if there else "is not there: defaults hold")


def _git(project: Path) -> Observation:
    if shutil.which("git") is None:
        return Observation(
            "git",
            "is not installed",
            "warn",
            "changes cannot be compared or undone, and local checks of what changed do not work",
            "install git with your package manager",
        )
    asked = subprocess.run(
        ["git", "-C", str(project), "rev-parse", "--show-toplevel"],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode == 0:
        return Observation("git", f"repository {asked.stdout.strip()}")
    if "dubious ownership" in asked.stderr:
        return Observation(
            "git",
            "refuses the repository, because another user owns its folder",
            "warn",
            "git guards you against hooks of strangers",
            f'git config --global --add safe.directory "{project}"',
        )
    return Observation(
        "git",
        "the project is in no repository",
        "warn",
        "changes cannot be compared or undone",
        f'git -C "{project}" init',
    )


def _permissions(project: Path) -> Observation:
    """dbt writes into the project's own folder (logs/, target/) as well."""
    places = [project, *(project / name for name in ("target", "logs", "dbt_packages"))]
    closed = [str(place) for place in places if place.exists() and not os.access(place, os.W_OK)]
    if not closed:
        return Observation("folders", "can be written to")
    return Observation(
        "folders",
        f"no permission to write to {', '.join(closed)}",
        "error",
        "dbt keeps its state and its logs there",
        f'sudo chown -R "$USER" "{closed[0]}", or work on a copy of the project',
    )


def _disk(project: Path) -> Observation:
    free = shutil.disk_usage(project).free
    text = f"{free / 1e9:.1f} GB free"
    if free >= SCARCE:
        return Observation("disk", text)
    return Observation(
        "disk",
        text,
        "warn",
        "DuckDB needs room for tables and for sorting beside them",
        f'free some space; the largest here: du -sh "{project}"/* | sort -h | tail',
    )
