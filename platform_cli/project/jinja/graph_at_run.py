"""`graph` as our own macros see it when dbt compiles: the nodes, and of snapshots what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.jinja.node_at_run import NodeAtRun, RelationOf, relation_of
from platform_cli.project.resources import Node, Snapshot, UnitTest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.resources import AnyResource


class _NoText:
    def _stop(self, *_: object) -> NoReturn:
        raise Unknown("the graph as text, or compared, is known only to dbt")

    __str__ = __repr__ = __eq__ = __hash__ = _stop


class GraphAtRun(_NoText):
    """For macros whose answer does not depend on dbt's order of the nodes, which is not known."""

    def __init__(
        self,
        resources: Mapping[str, AnyResource],
        scope: Scope,
        relation: RelationOf = relation_of,
    ) -> None:
        """`relation` gives the relation by whose text a macro finds a node."""
        self._nodes = _Nodes(resources, scope, relation)

    def get(self, key: str, default: Any = None) -> Any:
        """`nodes`; Unknown for anything else."""
        if key != "nodes":
            raise Unknown(f"graph.{key} is known only to dbt")
        return self._nodes

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name)


class _Nodes(_NoText):
    def __init__(
        self, resources: Mapping[str, AnyResource], scope: Scope, relation: RelationOf
    ) -> None:
        self._resources = resources
        self._scope = scope
        self._relation = relation

    def values(self) -> Iterator[NodeAtRun | _Other]:
        for resource in self._resources.values():
            if isinstance(resource, Snapshot):
                if "enabled" in resource.undecided:
                    raise Unknown(f"whether {resource.unique_id} is enabled is known only to dbt")
                yield NodeAtRun(resource, self._scope, relation=self._relation)
            elif isinstance(resource, Node) and not isinstance(resource, UnitTest):
                yield _Other(resource.unique_id.split(".", 1)[0])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise Unknown(f"graph.nodes.{name} is known only to dbt")


class _Other(_NoText):
    """A node that is no snapshot: that it is there, and of what type."""

    def __init__(self, resource_type: str) -> None:
        self.resource_type = resource_type

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise Unknown(f"{name} of a {self.resource_type} in the graph is known only to dbt")

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)
