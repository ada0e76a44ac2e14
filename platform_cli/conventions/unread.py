"""What nothing reads."""

from __future__ import annotations

from platform_cli.conventions.rule import UndecidedError
from platform_cli.conventions.semantic_reads import semantic_reads
from platform_cli.project.graph import Graph
from platform_cli.project.problem import Problem
from platform_cli.project.project import Project
from platform_cli.project.resources import Undecided

_HIDING = ("file", "jinja", "yaml")
"""The sorts of problems behind which a reader, or an entry, may hide."""


def is_hiding(problem: Problem) -> bool:
    """Whether a file cannot be read, and nobody knows what it would say."""
    return problem.kind in _HIDING and problem.severity == "error"


def hiding(project: Project) -> Problem | None:
    """The first file that cannot be read, if there is one."""
    return next((one for one in project.problems if is_hiding(one)), None)


def is_unread(unique_id: str, graph: Graph, project: Project) -> bool:
    """Whether no model, seed, snapshot, analysis, exposure or hook reads it.

    Raises UndecidedError when nothing seems to, but something could not be read itself, or reads
    what does not exist and probably means this, or a semantic model, a metric or a saved query may.
    """
    if unique_id in graph.read:
        return False
    if graph.unclear_reader:
        raise UndecidedError("references", graph.unclear_reader)
    name = graph.resources[unique_id].name
    for problem in project.problems:
        if problem.kind == "ref" and _is_meant(name, problem.hint):
            reason = f"{problem.path} may mean it"
        elif is_hiding(problem):
            reason = f"{problem.path} cannot be read"
        else:
            continue
        raise UndecidedError("references", Undecided(reason, problem.path, problem.line))
    if place := semantic_reads(project).get(name):
        reason = f"a semantic model, a metric or a saved query in {place[0]} may read it"
        raise UndecidedError("references", Undecided(reason, *place))
    return True


def _is_meant(name: str, hint: str) -> bool:
    """Whether the hint has the name, of a source behind its source's name."""
    return f"'{name}'" in hint or f".{name}'" in hint
