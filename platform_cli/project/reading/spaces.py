"""Names with a space, where dbt stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from platform_cli.project.problem import Problem
from platform_cli.project.resources import AnyResource, Model, Seed, Snapshot


def spaces(resources: Iterable[AnyResource]) -> Iterator[Problem]:
    """A problem for each model, seed and snapshot whose name has a space."""
    for one in resources:
        if " " in one.name and isinstance(one, Model | Seed | Snapshot):
            yield Problem(
                f"the name {one.name!r} has a space, which dbt refuses",
                kind="name",
                path=one.path,
                hint=f"rename the file, for example to {one.name.replace(' ', '_')}",
                resource=one.unique_id,
            )
