"""What the models around a model say: the usual value, when all of the nearest ones agree."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import dirname
from typing import Any, TypeVar

from platform_cli.project.project import Project
from platform_cli.project.resources import Node

_Node = TypeVar("_Node", bound=Node)


def said_around(node: _Node, project: Project, value: Callable[[_Node], Any]) -> list[Any]:
    """The values, each once, in the nearest folder where a node of this type has one.

    `value` returns None for a node that says nothing.
    """
    folder = dirname(node.path)
    while folder:
        found: list[Any] = []
        for one in project.of(type(node)):
            if one.package_name != node.package_name or not one.path.startswith(f"{folder}/"):
                continue
            said = value(one)
            if said is not None and said not in found:
                found.append(said)
        if found:
            return found
        folder = dirname(folder)
    return []
