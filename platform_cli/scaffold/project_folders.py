"""Where a project keeps its files of a kind, by its dbt_project.yml."""

from __future__ import annotations

from platform_cli.project.edits.written import written
from platform_cli.project.project import Project


def first_folder(project: Project, key: str, usual: str) -> str:
    """The first folder of a list in dbt_project.yml; the usual one where that cannot be told."""
    folders = written(project, "dbt_project.yml", (key,))
    first = folders[0] if isinstance(folders, list) and folders else usual
    return first.rstrip("/") if isinstance(first, str) and "{{" not in first else usual
