"""The names a SQL file sees when dbt compiles it, as far as no database is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.jinja.graph_at_run import GraphAtRun
from platform_cli.project.jinja.macros import Macro
from platform_cli.project.jinja.node_at_run import NodeAtRun, known, relation_of
from platform_cli.project.jinja.relation import Relation
from platform_cli.project.jinja.scope import Var
from platform_cli.project.jinja.sql_names import BoundMacro, Names, Opaque, sql_names
from platform_cli.project.resources import Model, Node, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from platform_cli.project.jinja.catalog import Catalog
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.resources import AnyResource

_SOURCE_FIELDS = {
    "enabled",
    "event_time",
    "freshness",
    "loaded_at_field",
    "loaded_at_query",
    "meta",
    "tags",
}
OUR_MACROS = "platform_macros"
"""The package whose macros come with this program."""

_MISSING = object()


class NamesAtRun:
    """The context of one node that is compiled; `inlined` collects the ephemeral parents."""

    def __init__(
        self,
        node: Node,
        raw_code: str,
        scope: Scope,
        resources: Mapping[str, AnyResource],
        catalog: Catalog | None,
    ) -> None:
        self._node = node
        self._scope = scope
        self._resources = resources
        self.inlined: list[str] = []
        this = relation_of(node, scope)
        config = ConfigAtRun(node)
        ours = {
            "var": lambda names: Var(scope.vars, required=True, names=names),
            "ref": self._ref,
            "source": self._source,
            "config": config,
            "this": this,
            "model": NodeAtRun(node, scope, raw_code),
            "database": this.database,
            "schema": this.schema,
            "execute": True,
            "graph": Opaque("graph"),
            "invocation_id": Opaque("invocation_id"),
            "pre_hooks": Opaque("pre_hooks"),
            "post_hooks": Opaque("post_hooks"),
        }
        self.names = sql_names(scope, ours, parsing=False, catalog=catalog)
        self._answer_is_incremental(config)
        self._show_the_graph_to_history_of()

    def _answer_is_incremental(self, config: ConfigAtRun) -> None:
        """A model that is not incremental needs no database to know that."""
        found = self._scope.macros.visible(self._scope.package).get("is_incremental")
        if (
            isinstance(found, Macro)
            and found.package == "dbt"
            and config.get("materialized") != "incremental"
        ):
            dict.__setitem__(self.names, "is_incremental", lambda: False)
            self.names["dbt"]["is_incremental"] = lambda: False

    def _show_the_graph_to_history_of(self) -> None:
        """Our own macro asks the graph only for what we know of snapshots."""
        macros = self._scope.macros
        found = macros.in_package(self._scope.package, OUR_MACROS, "history_of")
        if found is None:
            return
        names = Names(self.names)
        dict.__setitem__(names, "graph", GraphAtRun(self._resources, self._scope))
        bound = BoundMacro(found, names)
        self.names[OUR_MACROS]["history_of"] = bound
        if macros.visible(self._scope.package).get("history_of") is found:
            dict.__setitem__(self.names, "history_of", bound)

    def _ref(self, *args: Any, **kwargs: Any) -> Relation:
        if len(args) not in (1, 2):
            raise BrokenJinja(f"ref() takes one or two names, not {len(args)}", certain=True)
        version = kwargs.get("version") or kwargs.get("v")
        target = self._find("ref", args, version)
        if isinstance(target, Model) and target.config.get("materialized") == "ephemeral":
            if target.unique_id not in self.inlined:
                self.inlined.append(target.unique_id)
            return Relation(
                identifier=f"__dbt__cte__{known(target, 'alias')}",
                type="cte",
                quote={"identifier": False},
            )
        if not isinstance(target, Node):
            raise Unknown(f"ref to {target.unique_id}")
        return relation_of(target, self._scope)

    def _source(self, *args: Any) -> Relation:
        if len(args) != 2:  # noqa: PLR2004
            raise BrokenJinja(f"source() takes two names, not {len(args)}", certain=True)
        target = self._find("source", args, None)
        if not isinstance(target, Source):
            raise Unknown(f"source {'.'.join(args)}")
        return source_relation(target)

    def _find(self, kind: str, args: tuple[Any, ...], version: Any) -> AnyResource:
        for reference in self._node.references:
            if (
                reference.kind == kind
                and reference.args == args
                and reference.version == version
                and reference.unique_id is not None
            ):
                return self._resources[reference.unique_id]
        raise Unknown(
            f"{kind}({', '.join(map(repr, args))}) is not among what dbt found when it parsed"
        )


def source_relation(source: Source) -> Relation:
    """The source's table, or the file it is read from (dbt-duckdb's `external_location`)."""
    identifier = known(source, "identifier") or source.name
    values = {
        "name": source.name,
        "identifier": identifier,
        "schema": known(source, "schema"),
        "database": known(source, "database"),
        "tags": list(source.tags),
    }
    extra = {key: value for key, value in source.config.items() if key not in _SOURCE_FIELDS}
    meta = {**known(source, "meta"), **extra}
    quoting = {key: value for key, value in source.quoting.items() if key != "column"}
    external = None
    if "plugin" in meta:
        raise Unknown(f"source {source.unique_id} is loaded by the plugin '{meta['plugin']}'")
    if meta.get("external_location"):
        external = _located(str(meta["external_location"]), meta.get("formatter"), values | meta)
    return Relation(
        values["database"], values["schema"], identifier, quote=quoting, external=external
    )


def _located(template: str, formatter: Any, values: dict[str, Any]) -> str:
    if formatter in (None, "newstyle"):
        place = template.format_map(values)
    elif formatter == "oldstyle":
        place = template % values
    elif formatter == "template":
        from string import Template

        place = Template(template).substitute(values)
    else:
        raise BrokenJinja(f"formatter '{formatter}' is none of newstyle, oldstyle, template")
    # A function call or something quoted is SQL already.
    return place if "(" in place or place.startswith("'") else f"'{place}'"


class ConfigAtRun:
    """`config` when compiling: calls do nothing, questions are answered from the node."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return ""

    def set(self, name: str, value: Any) -> str:
        return ""

    def get(self, name: str, default: Any = None, validator: Any = None) -> Any:
        return self._look(name, default)

    def require(self, name: str, validator: Any = None) -> Any:
        value = self._look(name, _MISSING)
        if value is _MISSING:
            raise BrokenJinja(f"config '{name}' is required, but not set", certain=True)
        return value

    def meta_get(self, name: str, default: Any = None, validator: Any = None) -> Any:
        meta = self._look("meta", {})
        return meta.get(name, default) if isinstance(meta, dict) else default

    def meta_require(self, name: str, validator: Any = None) -> Any:
        value = self.meta_get(name, _MISSING)
        if value is _MISSING:
            raise BrokenJinja(f"config meta '{name}' is required, but not set", certain=True)
        return value

    def persist_relation_docs(self) -> Any:
        return (self._look("persist_docs", {}) or {}).get("relation", False)

    def persist_column_docs(self) -> Any:
        return (self._look("persist_docs", {}) or {}).get("columns", False)

    def _look(self, name: str, default: Any) -> Any:
        undecided = self._node.undecided
        why = undecided.get(f"config.{name}") or undecided.get("config")
        if why is not None:
            raise Unknown(f"config.{name}: {why.reason}")
        config = self._node.config
        # In dbt the hooks are attributes with an underscore, and keys with a dash elsewhere.
        if name in ("pre_hook", "post_hook", "pre-hook", "post-hook"):
            raise Unknown(f"config.{name}")
        return config.get(name, default)
