"""The names a SQL file sees when dbt compiles it, as far as no database is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.jinja.macros import Macro
from platform_cli.project.jinja.relation import Relation
from platform_cli.project.jinja.scope import Var
from platform_cli.project.jinja.sql_names import Opaque, sql_names
from platform_cli.project.resources import Model, Node, Resource, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from platform_cli.project.jinja.adapter import RelationKind
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
_MISSING = object()


class NamesAtRun:
    """The context of one node that is compiled; `inlined` collects the ephemeral parents."""

    def __init__(
        self,
        node: Node,
        raw_code: str,
        scope: Scope,
        resources: Mapping[str, AnyResource],
        relation_kind: RelationKind | None,
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
            "model": _ModelAtRun(node, raw_code),
            "database": this.database,
            "schema": this.schema,
            "execute": True,
            "graph": Opaque("graph"),
            "invocation_id": Opaque("invocation_id"),
            "pre_hooks": Opaque("pre_hooks"),
            "post_hooks": Opaque("post_hooks"),
        }
        self.names = sql_names(scope, ours, parsing=False, relation_kind=relation_kind)
        self._answer_is_incremental(config)

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

    def _ref(self, *args: Any, **kwargs: Any) -> Relation:
        if len(args) not in (1, 2):
            raise BrokenJinja(f"ref() takes one or two names, not {len(args)}", certain=True)
        version = kwargs.get("version") or kwargs.get("v")
        target = self._find("ref", args, version)
        if isinstance(target, Model) and target.config.get("materialized") == "ephemeral":
            if target.unique_id not in self.inlined:
                self.inlined.append(target.unique_id)
            return Relation(
                identifier=f"__dbt__cte__{_known(target, 'alias')}",
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
        return _source_relation(target)

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


def relation_of(node: Node, scope: Scope) -> Relation:
    """Where dbt builds or finds a node: its names, quoted as the project says.

    dbt 1.11 does not look at the node's own `quoting` config here.
    """
    return Relation(
        _known(node, "database"),
        _known(node, "schema"),
        _known(node, "alias"),
        quote=dict(scope.quoting),
    )


def _known(resource: Resource, attribute: str) -> Any:
    if attribute in resource.undecided:
        raise Unknown(
            f"{attribute} of {resource.unique_id}: {resource.undecided[attribute].reason}"
        )
    return getattr(resource, attribute)


def _source_relation(source: Source) -> Relation:
    """The source's table, or the file it is read from (dbt-duckdb's `external_location`)."""
    identifier = _known(source, "identifier") or source.name
    values = {
        "name": source.name,
        "identifier": identifier,
        "schema": _known(source, "schema"),
        "database": _known(source, "database"),
        "tags": list(source.tags),
    }
    extra = {key: value for key, value in source.config.items() if key not in _SOURCE_FIELDS}
    meta = {**_known(source, "meta"), **extra}
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


class _ModelAtRun:
    """`model` when compiling: what we know of the node, Unknown for the rest of dbt's mapping."""

    def __init__(self, node: Node, raw_code: str) -> None:
        self._node = node
        self._known = {
            "name": node.name,
            "unique_id": node.unique_id,
            "package_name": node.package_name,
            "resource_type": node.unique_id.split(".", 1)[0],
            "original_file_path": node.path,
            "raw_code": raw_code,
            "tags": list(node.tags),
            "meta": node.meta,
            "description": node.description,
            "config": _ConfigMapping(node),
        }

    def __getitem__(self, key: str) -> Any:
        if key in ("alias", "schema", "database"):
            return _known(self._node, key)
        if key in self._known and key not in self._node.undecided:
            return self._known[key]
        raise Unknown(f"model.{key}")

    def get(self, key: str, default: Any = None) -> Any:
        return self[key]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


class _ConfigMapping(dict[str, Any]):
    """`model.config`, which is Unknown where the node's config is undecided."""

    def __init__(self, node: Node) -> None:
        super().__init__(node.config)
        self._undecided: Callable[[str], bool] = lambda key: f"config.{key}" in node.undecided

    def __missing__(self, key: str) -> Any:
        if self._undecided(key) or self._undecided("config"):
            raise Unknown(f"model.config.{key}")
        raise KeyError(key)
