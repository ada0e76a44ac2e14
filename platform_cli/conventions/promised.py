"""What lies upstream of a promise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from platform_cli.conventions.meta_value import meta_value, says
from platform_cli.conventions.rule import UndecidedError
from platform_cli.project.graph import Graph
from platform_cli.project.resources import Exposure, Model, Snapshot

_PROMISING = (Model, Snapshot, Exposure)


@lru_cache(maxsize=1)
def promised(graph: Graph, key: str) -> Mapping[str, str]:
    """By unique id: the name of something downstream whose `meta` has the key, the nearest one.

    A promise that only dbt can tell is none.
    """
    nearest: dict[str, str] = {}
    frontier = {
        unique_id: resource.name
        for unique_id, resource in graph.resources.items()
        if isinstance(resource, _PROMISING) and _has(resource, key)
    }
    while frontier:
        parents = {
            parent: name
            for unique_id, name in sorted(frontier.items(), reverse=True)
            for parent in graph.parents.get(unique_id, ())
            if parent not in nearest
        }
        nearest |= parents
        frontier = parents
    return nearest


def _has(resource: Model | Snapshot | Exposure, key: str) -> bool:
    if not resource.undecided and "." not in key:  # the usual case, asked of every resource
        written = (resource.config.get("meta"), resource.meta)
        return any(says(meta.get(key)) for meta in written if isinstance(meta, dict))
    try:
        return says(meta_value(resource, key))
    except UndecidedError:
        return False
