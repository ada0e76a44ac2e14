"""Data tests that are written down and never run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Model


def disabled_tests(model: Model, project: Project) -> tuple[DataTest, ...]:
    """The disabled generic tests of a model."""
    return _by_model(project).get(model.unique_id, ())


@lru_cache(maxsize=1)
def _by_model(project: Project) -> Mapping[str, tuple[DataTest, ...]]:
    found: dict[str, list[DataTest]] = defaultdict(list)
    for one in project.disabled.values():
        if isinstance(one, DataTest) and one.attached_node:
            found[one.attached_node].append(one)
    return {unique_id: tuple(tests) for unique_id, tests in found.items()}
