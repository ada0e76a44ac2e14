"""Leave out the problems that another one causes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from platform_cli.project.problem import Problem

_MISSES = re.compile(r"(?:refers to|has an entry) '?(?P<name>[^',]+)'?, but there is no such")


def without_consequences(problems: Iterable[Problem]) -> list[Problem]:
    """The problems but those that say a resource is missing whose own file could not be read.

    Ten tests and refs that miss a model hide the one line that broke it.
    """
    known = list(problems)
    broken = {
        PurePosixPath(problem.path).stem
        for problem in known
        if problem.kind in {"file", "jinja"} and problem.severity == "error"
    }
    return [problem for problem in known if _missing(problem) not in broken]


def _missing(problem: Problem) -> str:
    found = _MISSES.search(problem.message)
    return found["name"].rsplit(".", 1)[-1] if found else ""
