"""Nothing is edited while a file cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError

if TYPE_CHECKING:
    from platform_cli.project.project import Project


def refuse_unread(project: Project, done: str) -> None:
    """Raise PlatformError for a file that cannot be read: what it says would be written again.

    `done` is what is not done meanwhile, as "fixed".
    """
    from platform_cli.conventions.unread import hiding

    one = hiding(project)
    if one is not None:
        raise PlatformError(
            f"nothing is {done} while a file cannot be read: {one.message}",
            where=one.where,
            hint=f"mend it first: what it says would seem to be missing\n{one.hint}".rstrip(),
        )
