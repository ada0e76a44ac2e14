"""What a column that is only passed on is called where it comes from."""

from __future__ import annotations

from functools import lru_cache

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.described import inherited_description
from platform_cli.project.project import Project
from platform_cli.project.resources import Model


def described_upstream(project: Project, model: Model, name: str) -> str:
    """The description of the column that this one is, through aliases, CTEs and other models.

    Empty when the column is computed or converted, when where it comes from is not certain, or when
    nobody describes it there.
    """
    lineage = _lineage(project)
    found = inherited_description(lineage, model.unique_id, name, through_casts=False)
    return found.text if found else ""


@lru_cache(maxsize=1)
def _lineage(project: Project) -> ColumnLineage:
    """For all columns of all models; the reading of a project is one object."""
    return ColumnLineage(project)
