"""What the files themselves say wrongly, as findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from platform_cli.config import Check
from platform_cli.project.project import Project
from platform_cli.reporting.diagnostic import Diagnostic


def file_problems(
    project: Project, settings: Check, selected: Collection[str] | None
) -> Iterator[Diagnostic]:
    """The reader's problems; a file that belongs to no resource is everybody's."""
    elsewhere: set[str] = set()
    if selected is not None:
        for unique_id, resource in project.resources.items():
            if unique_id not in selected:
                elsewhere |= {resource.path, resource.properties_path or resource.path}
        for unique_id in project.resources.keys() & selected:
            resource = project.resources[unique_id]
            elsewhere -= {resource.path, resource.properties_path or resource.path}
    for problem in project.problems:
        # Conventions hold without a database; who builds is told by the build.
        usual = "info" if problem.kind == "profile" else problem.severity
        severity = settings.problems.get(problem.kind, usual)
        help_ = problem.hint
        if problem.kind == "profile":
            help_ += "; `check: adapter:` in platform.yml says what the SQL is written for"
        if problem.path not in elsewhere and severity != "off":
            yield Diagnostic(
                message=problem.message,
                severity=severity,
                name=problem.kind,
                where=problem.where,
                help=help_,
                resource=problem.resource,
            )
