"""A model that a command edits, and the project as it would be afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.stage import staged
from platform_cli.project.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from platform_cli.project.edits.drafts import Change
    from platform_cli.project.resources import Model


def own_model(project: Project, name: str) -> Model:
    """The model of that name in this project.

    Raises PlatformError, with near names, when there is none, and for one of a package.
    """
    model = project.model(name)
    if model.package_name != project.name:
        raise PlatformError(
            f"{name} belongs to the package {model.package_name}",
            hint="only models of this project can be edited",
            where=Where(model.path),
        )
    return model


def project_after(project: Project, changes: Sequence[Change], done: str) -> Project:
    """The project as it would be with these changes; `done` is what is not done then.

    Raises PlatformError when dbt would stop at something that it does not stop at now.
    """
    with staged(project.root, changes) as stage:
        after = Project.load(stage, keep=False, **asdict(project.request))
    known = {(one.kind, one.message) for one in project.problems}
    for one in after.problems:
        if one.severity == "error" and (one.kind, one.message) not in known:
            hint = f"nothing was written; a name that is put together is edited by hand\n{one.hint}"
            raise PlatformError(f"{done}: {one.message}", hint=hint.rstrip(), where=one.where)
    return after
