"""Where a violation is: file, line and column, looked up only for what was found."""

from __future__ import annotations

from platform_cli.conventions.rule import Violation
from platform_cli.errors import Where
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Column, Reference


def place(violation: Violation, resource: AnyResource | None, project: Project) -> Where:
    """The place a person has to look at to mend it.

    A call is in the SQL; anything else is at the entry in the properties file, or at the top of
    the defining file when nothing describes the resource. Without a resource it is the project's file.
    """
    if resource is None:
        return Where("dbt_project.yml")
    if isinstance(violation.at, Reference) and violation.at.line:
        return Where(resource.path, violation.at.line, violation.at.column or None)
    raise NotImplementedError
