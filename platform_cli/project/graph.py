"""Who reads whom: the edges of the project, both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from platform_cli.project.resources import AnyResource, DataTest, Exposure, Node, UnitTest

_READERS = (Node, Exposure)


class Graph(Struct, frozen=True):
    """The edges between resources by unique id. Tests hang beside the graph, in `tests`."""

    resources: Mapping[str, AnyResource]
    parents: Mapping[str, tuple[str, ...]]
    children: Mapping[str, tuple[str, ...]]
    tests: Mapping[str, tuple[DataTest, ...]]
    """Enabled generic data tests by the unique id of what they are attached to."""

    @classmethod
    def of(cls, resources: Mapping[str, AnyResource]) -> Graph:
        """The graph of these resources. An edge to something unknown is left out."""
        parents: dict[str, tuple[str, ...]] = {}
        children: dict[str, list[str]] = defaultdict(list)
        tests: dict[str, list[DataTest]] = defaultdict(list)
        for unique_id, resource in resources.items():
            if isinstance(resource, DataTest):
                if resource.attached_node and resource.enabled:
                    tests[resource.attached_node].append(resource)
            elif isinstance(resource, _READERS) and not isinstance(resource, UnitTest):
                known = dict.fromkeys(one for one in resource.depends_on if one in resources)
                parents[unique_id] = tuple(known)
                for parent in known:
                    children[parent].append(unique_id)
        return cls(
            resources=resources,
            parents=parents,
            children={one: tuple(found) for one, found in children.items()},
            tests={one: tuple(found) for one, found in tests.items()},
        )

    def upstream(self, start: Iterable[str], depth: int | None = None) -> set[str]:
        """What these are made from, themselves not included; at most `depth` steps away."""
        return _reached(self.parents, start, depth)

    def downstream(self, start: Iterable[str], depth: int | None = None) -> set[str]:
        """What is made from these, themselves not included; at most `depth` steps away."""
        return _reached(self.children, start, depth)


def _reached(
    edges: Mapping[str, tuple[str, ...]], start: Iterable[str], depth: int | None
) -> set[str]:
    frontier = set(start)
    found: set[str] = set()
    while frontier and depth != 0:
        frontier = {near for one in frontier for near in edges.get(one, ())} - found
        found |= frontier
        depth = None if depth is None else depth - 1
    return found - set(start)
