"""Leave out the problems that another one causes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from platform_cli.project.problem import Problem


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
    return [one for one in known if not one.missing or one.missing not in broken]
