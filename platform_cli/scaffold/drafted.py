"""Edits of a project's files, made in memory; a file that nobody should edit is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.drafts import Change, Drafts
from platform_cli.project.edits.edit import Edit, RefusedError
from platform_cli.project.project import Project


def drafted(project: Project, edits: Iterable[Edit]) -> Sequence[Change]:
    """What becomes of the project's files when these edits are made; nothing is written.

    Raises PlatformError for a file with a key twice, and for one that cannot be edited safely.
    """
    every = tuple(edits)
    paths = {one.path for one in every}
    for problem in project.problems:
        if problem.path in paths and problem.kind == "duplicate-key":
            raise PlatformError(
                f"{problem.path} is not edited: {problem.message}",
                hint="nothing was written; take one of the two away, then run this again",
                where=problem.where,
            )
    drafts = Drafts(project.root)
    try:
        drafts.make(every)
    except RefusedError as error:
        path = ", ".join(sorted(paths))
        raise PlatformError(
            f"{path} is not edited: {error}",
            hint="nothing was written; mend that, or write the entry by hand in a file of its own",
            where=Where(path) if len(paths) == 1 else None,
        ) from error
    return drafts.changes()
