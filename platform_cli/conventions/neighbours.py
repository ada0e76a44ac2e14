"""What the models around a model say: the usual value, when all of the nearest ones agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from posixpath import dirname
from typing import Any, TypeVar

from platform_cli.project.project import Project
from platform_cli.project.resources import Node

_Node = TypeVar("_Node", bound=Node)


def said_around(node: _Node, project: Project, value: Callable[..., Any], *more: str) -> list[Any]:
    """The values, each once, in the nearest folder where a node of this type has one.

    `value` is asked with each node and `more`; it returns None for a node that says nothing.
    """
    said = _said(project, type(node), value, more)
    folder = dirname(node.path)
    while folder:
        if found := said.get((node.package_name, folder)):
            return found
        folder = dirname(folder)
    return []


@lru_cache(maxsize=4)
def _said(
    project: Project, kind: type[Node], value: Callable[..., Any], more: tuple[str, ...]
) -> Mapping[tuple[str, str], list[Any]]:
    """The values below each folder of a package: asked once, and not for each of its models."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for one in project.of(kind):
        said = value(one, *more)
        folder = dirname(one.path) if said is not None else ""
        while folder:
            values = found[one.package_name, folder]
            if said not in values:
                values.append(said)
            folder = dirname(folder)
    return found
