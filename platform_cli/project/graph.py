"""Who reads whom: the edges of the project, both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from platform_cli.project.resources import (
    AnyResource,
    DataTest,
    Exposure,
    Node,
    Undecided,
    UnitTest,
)

_READERS = (Node, Exposure)
_TESTS = (DataTest, UnitTest)


class Graph(Struct, frozen=True, dict=True, eq=False):
    """The edges between resources by unique id. Tests hang beside the graph, in `tests`, but for a
    selection, which takes them along (`with_tests`).

    An edge to something unknown is left out. What nobody asks for is not worked out.
    """

    resources: Mapping[str, AnyResource]
    with_tests: bool = False

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """What each reads."""
        known = self.resources
        return {
            unique_id: tuple(dict.fromkeys(one for one in resource.depends_on if one in known))
            for unique_id, resource in known.items()
            if isinstance(resource, _READERS)
            and (self.with_tests or not isinstance(resource, _TESTS))
        }

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Who reads each."""
        found: dict[str, list[str]] = defaultdict(list)
        for unique_id, parents in self.parents.items():
            for parent in parents:
                found[parent].append(unique_id)
        return {one: tuple(children) for one, children in found.items()}

    @cached_property
    def tests(self) -> Mapping[str, tuple[DataTest, ...]]:
        """Enabled generic data tests by the unique id of what they are attached to."""
        found: dict[str, list[DataTest]] = defaultdict(list)
        for resource in self.resources.values():
            if isinstance(resource, DataTest) and resource.attached_node and resource.enabled:
                found[resource.attached_node].append(resource)
        return {one: tuple(tests) for one, tests in found.items()}

    @cached_property
    def read(self) -> frozenset[str]:
        """What something reads, and be it an exposure; the keys of `children`, sooner known."""
        known = self.resources.values()
        return frozenset(
            parent
            for resource in known
            if isinstance(resource, _READERS) and not isinstance(resource, _TESTS)
            for parent in resource.depends_on
        )

    @cached_property
    def unclear_reader(self) -> Undecided | None:
        """Why something reads what only dbt can tell; then nobody knows that a thing is unread."""
        for resource in self.resources.values():
            unclear = resource.undecided.get("references")
            if unclear and isinstance(resource, _READERS) and not isinstance(resource, _TESTS):
                return unclear
        return None

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
