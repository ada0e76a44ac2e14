"""A node as Jinja sees it when dbt compiles: what we know of it, Unknown for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.jinja.relation import Relation
from platform_cli.project.resources import DataTest, Node, Resource, Snapshot

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope


def relation_of(node: Node, scope: Scope) -> Relation:
    """Where dbt builds or finds a node: its names, quoted as the project says.

    dbt 1.11 does not look at the node's own `quoting` config here.
    """
    return Relation(
        known(node, "database"),
        known(node, "schema"),
        known(node, "alias"),
        quote=dict(scope.quoting),
    )


def known(resource: Resource, attribute: str) -> Any:
    """The attribute's value. Raises Unknown when it is undecided."""
    if attribute in resource.undecided:
        raise Unknown(
            f"{attribute} of {resource.unique_id}: {resource.undecided[attribute].reason}"
        )
    return getattr(resource, attribute)


RelationOf = Callable[[Node, "Scope"], Relation]


class NodeAtRun:
    """`model`, or one of `graph.nodes`: dbt's mapping of a node."""

    def __init__(
        self,
        node: Node,
        scope: Scope,
        raw_code: str | None = None,
        relation: RelationOf = relation_of,
    ) -> None:
        self._node = node
        self._scope = scope
        self._raw_code = raw_code
        self._relation = relation

    def _stop(self, *_: object) -> NoReturn:
        raise Unknown("a node as text, or compared with another")

    __str__ = __repr__ = __eq__ = __hash__ = _stop

    @property
    def resource_type(self) -> str:
        return self._node.unique_id.split(".", 1)[0]

    def __getitem__(self, key: str) -> Any:
        node = self._node
        match key:
            case "alias" | "schema" | "database" | "name" | "unique_id" | "package_name":
                return known(node, key)
            case "meta" | "description":
                return known(node, key)
            case "tags":
                return list(known(node, key))
            case "resource_type":
                return self.resource_type
            case "original_file_path":
                return known(node, "path")
            case "raw_code" if self._raw_code is not None:
                return self._raw_code
            case "config" if key not in node.undecided:
                return _ConfigMapping(node)
            case "relation_name" if isinstance(node, Snapshot):
                return self._relation(node, self._scope).render()
        raise Unknown(f"model.{key}")

    def get(self, key: str, default: Any = None) -> Any:
        """What dbt's mapping of the node holds under the key; Unknown for most of it."""
        if key == "attached_node" and not isinstance(self._node, DataTest):
            return default
        # Nobody defers here: whoever passes --defer has asked dbt itself.
        if key == "defer_relation" and isinstance(self._node, Snapshot):
            return None
        return self[key]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


class _ConfigMapping(dict[str, Any]):
    """The node's config, which is Unknown where it is undecided."""

    def __init__(self, node: Node) -> None:
        super().__init__(node.config)
        self._undecided = node.undecided

    def __missing__(self, key: str) -> Any:
        if f"config.{key}" in self._undecided:
            raise Unknown(f"model.config.{key}")
        raise KeyError(key)

    def get(self, key: str, default: Any = None) -> Any:
        # A dictionary's own `get` does not ask `__missing__`.
        try:
            return self[key]
        except KeyError:
            return default
