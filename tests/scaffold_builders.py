"""A project to try drafts on: read, with its database (or an empty one) open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platform_cli.commands._built_data import built_data
from platform_cli.project.project import Project
from platform_cli.scaffold.trial import Trial
from tests.small_project import write_project


@contextmanager
def a_trial(
    folder: Path, changes: dict[str, str | None] | None = None
) -> Iterator[tuple[Project, Trial]]:
    """The small project with these changes, and trials on it."""
    project = Project.load(write_project(folder, changes), keep=False)
    with built_data(project) as (built, _):
        yield project, Trial(project, built)
