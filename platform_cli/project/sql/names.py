"""The names a SQL file sees when it is rendered to be read: nothing depends on a database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from platform_cli.project.jinja.catalog import NamesOnly
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.jinja.graph_at_run import GraphAtRun
from platform_cli.project.jinja.macros import Macro
from platform_cli.project.jinja.names_at_run import OUR_MACROS, ConfigAtRun
from platform_cli.project.jinja.node_at_run import NodeAtRun
from platform_cli.project.jinja.scope import Var
from platform_cli.project.jinja.sql_names import BoundMacro, Names, Opaque, sql_names
from platform_cli.project.sql.placeholder import Placeholder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from platform_cli.project.jinja.catalog import Catalog
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.resources import AnyResource, Node

_OWN = ("this", "model", "config", "database", "schema")


class NamesToRead:
    """One context per package; `start` makes it that of a node."""

    def __init__(
        self, scope: Scope, resources: Mapping[str, AnyResource], catalog: Catalog | None = None
    ) -> None:
        self._scope = scope
        self._resources = resources
        self._adapter = scope.macros.adapter
        self._node: Node | None = None
        self._incremental = False
        self._visible = scope.macros.visible(scope.package)
        ours = {
            "var": lambda names: Var(scope.vars, required=True, names=names),
            "ref": self._ref,
            "source": self._source,
            **{name: Opaque(name) for name in _OWN},
            "execute": True,
            "graph": Opaque("graph"),
            "invocation_id": Opaque("invocation_id"),
            "pre_hooks": Opaque("pre_hooks"),
            "post_hooks": Opaque("post_hooks"),
        }
        self.names = sql_names(scope, ours, parsing=False, catalog=catalog)
        if isinstance(catalog, NamesOnly):
            self.names.stand_ins = catalog.stand_ins
        self._answer_is_incremental()
        self._show_the_graph_to_history_of()

    def start(self, node: Node, text: str, *, incremental: bool = False) -> None:
        """From here on the names are those of this node, on a first run or an incremental one."""
        self._node = node
        self._incremental = incremental
        own = {
            "this": Placeholder(node, self._adapter, this=True),
            "model": NodeAtRun(node, self._scope, text, self._relation),
            "config": ConfigAtRun(node),
            "database": _part(node, "database"),
            "schema": _part(node, "schema"),
        }
        for name, value in own.items():
            dict.__setitem__(self.names["builtins"], name, value)
            if name not in self._visible:
                dict.__setitem__(self.names, name, value)

    def placeholder(self, kind: str, args: tuple[Any, ...], version: Any = None) -> Placeholder:
        """What a call of the node stands for. Raises Unknown for one that dbt did not record."""
        assert self._node is not None  # noqa: S101  (it was started)
        for reference in self._node.references:
            if (
                reference.kind == kind
                and reference.args == args
                and reference.version == version
                and (found := self._resources.get(reference.unique_id or "")) is not None
            ):
                return Placeholder(found, self._adapter)
        shown = ", ".join(map(repr, args))
        raise Unknown(f"{kind}({shown}) is not among what dbt finds when it parses")

    def _ref(self, *args: Any, **kwargs: Any) -> Placeholder:
        if len(args) not in (1, 2):
            raise BrokenJinja(f"ref() takes one or two names, not {len(args)}", certain=True)
        return self.placeholder("ref", args, kwargs.get("version") or kwargs.get("v"))

    def _source(self, *args: Any) -> Placeholder:
        if len(args) != 2:  # noqa: PLR2004
            raise BrokenJinja(f"source() takes two names, not {len(args)}", certain=True)
        return self.placeholder("source", args)

    def _answer_is_incremental(self) -> None:
        """dbt's own macro asks the database whether the table is there: here both are tried."""
        found = self._visible.get("is_incremental")
        if isinstance(found, Macro) and found.package == "dbt":
            dict.__setitem__(self.names, "is_incremental", lambda: self._incremental)
            self.names["dbt"]["is_incremental"] = lambda: self._incremental

    def _show_the_graph_to_history_of(self) -> None:
        """Our own macro asks the graph only for what is known of snapshots.

        The others of its package ask which columns a history has, and do with no answer, as for a
        table that is not there yet: the text differs, but reads, joins and filters the same.
        """
        macros = self._scope.macros
        found = macros.in_package(self._scope.package, OUR_MACROS, "history_of")
        if found is None:
            return
        names = Names(self.names)
        for name in _OWN:  # of the node that was started, and the macro asks for none of them
            dict.pop(names, name, None)
        graph = GraphAtRun(self._resources, self._scope, self._relation)
        dict.__setitem__(names, "graph", graph)
        bound = BoundMacro(found, names)
        self.names[OUR_MACROS]["history_of"] = bound
        self.names[OUR_MACROS]["scd_known_columns"] = lambda _relation: None
        if self._visible.get("history_of") is found:
            dict.__setitem__(self.names, "history_of", bound)

    @property
    def _relation(self) -> partial[Placeholder]:
        return partial(_placeholder, self._adapter)


def _placeholder(adapter: str, node: Node, _scope: Scope) -> Placeholder:
    return Placeholder(node, adapter)


def _part(node: Node, name: str) -> Any:
    value = getattr(node, name)
    return Opaque(name) if name in node.undecided or value is None else value
