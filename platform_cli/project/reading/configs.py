"""The effective config of a resource: what is said where, and how it is put together.

The order, from weak to strong (dbt 1.11, context_config): dbt's defaults; dbt_project.yml of the
resource's own package, from the outer folder to the inner; the properties file; `config()` in the
SQL; and for a package's resource, dbt_project.yml of the root project.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from platform_cli.project.reading.freshness import threshold
from platform_cli.project.resources import Undecided
from platform_cli.project.settings.project_file import Settings

Config = dict[str, Any]

_NODE: Config = {
    "enabled": True,
    "tags": [],
    "meta": {},
    "materialized": "view",
    "lookback": 1,
    "persist_docs": {},
    "post-hook": [],
    "pre-hook": [],
    "quoting": {},
    "column_types": {},
    "on_schema_change": "ignore",
    "on_configuration_change": "apply",
    "grants": {},
    "packages": [],
    "docs": {"show": True, "node_color": None},
    "contract": {"enforced": False, "alias_types": True},
}
_SNAPSHOT_COLUMNS = (
    "dbt_valid_to",
    "dbt_valid_from",
    "dbt_scd_id",
    "dbt_updated_at",
    "dbt_is_deleted",
)
NO_FRESHNESS: Config = {
    "warn_after": {"count": None, "period": None},
    "error_after": {"count": None, "period": None},
    "filter": None,
}
DEFAULTS: dict[str, Config] = {
    "model": {**_NODE, "access": "protected"},
    "snapshot": {
        **_NODE,
        "materialized": "snapshot",
        "snapshot_meta_column_names": dict.fromkeys(_SNAPSHOT_COLUMNS),
    },
    "seed": {**_NODE, "materialized": "seed", "delimiter": ","},
    "analysis": _NODE,
    "operation": _NODE,
    "test": {
        "enabled": True,
        "tags": [],
        "meta": {},
        "schema": "dbt_test__audit",
        "materialized": "test",
        "severity": "ERROR",
        "fail_calc": "count(*)",
        "warn_if": "!= 0",
        "error_if": "!= 0",
    },
    "source": {"enabled": True, "freshness": NO_FRESHNESS, "meta": {}, "tags": []},
    "exposure": {"enabled": True, "tags": [], "meta": {}},
    "unit_test": {"tags": [], "meta": {}, "enabled": True},
    "group": {"meta": {}},
}
"""Resource type -> dbt's defaults. A key whose default is null is left out."""

_APPEND = frozenset({"tags", "post-hook", "pre-hook", "packages"})
_UPDATE = frozenset({"meta", "quoting", "column_types", "docs", "contract"})
_NODE_TYPES = frozenset({"model", "snapshot", "seed", "analysis", "operation"})
# these types declare fewer keys, and a key that is not declared is simply replaced
_MERGED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(_NODE_TYPES, (_APPEND, _UPDATE)),
    "test": (frozenset({"tags"}), frozenset({"meta"})),
    "source": (frozenset(), frozenset({"meta"})),
    "exposure": (frozenset(), frozenset()),
    "unit_test": (frozenset({"tags"}), frozenset({"meta"})),
    "group": (frozenset(), frozenset({"meta"})),
}


class Configs:
    """Computes configs. One per load: what folders say is worked out once per folder."""

    def __init__(self, root: Settings, packages: Mapping[str, Settings]) -> None:
        self._root = root
        self._packages = packages
        self._levels: dict[int, Config] = {}
        self._bases: dict[tuple[Any, ...], Config] = {}

    def build(
        self,
        kind: str,
        fqn: Sequence[str],
        package: str,
        call: Config | None = None,
        patch: Config | None = None,
    ) -> Config:
        """The effective config; do not change it, it may be shared. A null is left out.

        A value that only dbt can tell is an `Undecided`.
        """
        own = self._tree_levels(self._packages[package], kind, fqn)
        key = (kind, *map(id, own))
        base = self._bases.get(key)
        if base is None:
            base = DEFAULTS[kind]
            for level in own:
                base = merge(base, level, kind)
            self._bases[key] = base
        config = base
        if patch:
            config = merge(config, spelled(patch), kind)
        if call:
            config = merge(config, spelled(call), kind)
        if package != self._root.name:
            for level in self._tree_levels(self._root, kind, fqn):
                config = merge(config, level, kind)
        return finished(config, kind)

    def _tree_levels(self, settings: Settings, kind: str, fqn: Sequence[str]) -> list[Config]:
        tree: Any = settings.tree(kind)
        levels: list[Config] = []
        if not tree:
            return levels
        names = iter(fqn)
        while isinstance(tree, dict):
            level = self._levels.get(id(tree))
            if level is None:
                level = self._levels[id(tree)] = level_config(tree)
            if level:
                levels.append(level)
            name = next(names, None)
            if name is None:
                break
            tree = tree.get(name)
        return levels


def level_config(tree: Mapping[str, Any]) -> Config:
    """What one folder of a config tree says itself: `+keys`, and keys that are not folders."""
    level = {}
    for key, value in tree.items():
        if isinstance(key, str) and key.startswith("+"):
            level[key[1:].strip()] = value
        elif not isinstance(value, dict):
            level[key] = value
    return spelled(level)


def spelled(config: Config) -> Config:
    """The config with hooks under the one spelling dbt keeps."""
    if "pre_hook" in config or "post_hook" in config:
        config = dict(config)
        for old, new in (("pre_hook", "pre-hook"), ("post_hook", "post-hook")):
            if old in config:
                config[new] = config.pop(old)
    return config


def merge(config: Config, more: Config, kind: str) -> Config:  # noqa: C901, PLR0912
    """The config with `more` laid over it, each key in its own way."""
    if not more:
        return config
    append, update = _MERGED[kind]
    result = dict(config)
    for key, value in more.items():
        old = result.get(key)
        if isinstance(value, Undecided):
            result[key] = value
        elif key in append:
            if not isinstance(old, Undecided):
                result[key] = _listed(old) + _listed(value) if key in result else _listed(value)
        elif key in update:
            if isinstance(old, Undecided):
                pass
            elif isinstance(value, dict):
                result[key] = {**(old or {}), **value}
            else:
                result[key] = Undecided(f"`{key}` is not a mapping, which dbt refuses")
        elif key == "grants" and kind in _NODE_TYPES:
            result[key] = _granted(old, value)
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
        convert = _CONVERT.get(key)
        if (
            convert is not None
            and kind in _NODE_TYPES
            and not isinstance(result.get(key), Undecided | None)
        ):
            result[key] = convert(result[key])
    return result


def finished(config: Config, kind: str) -> Config:
    """The config after dbt's last touches, such as the two spellings of store_failures."""
    if kind == "test":
        return _with_store_failures(config)
    if "freshness" in config and kind == "model":
        return _with_model_freshness(config)
    if kind == "source" and isinstance(config.get("freshness"), dict):
        return {**config, "freshness": threshold(config["freshness"])}
    return config


def _with_store_failures(config: Config) -> Config:
    how = config.get("store_failures_as")
    if how is not None:
        stored = _STORED.get(how, True)
        return (
            config
            if config.get("store_failures") is stored
            else {**config, "store_failures": stored}
        )
    flag = config.get("store_failures")
    if flag is None or isinstance(flag, Undecided):
        return config
    return {**config, "store_failures_as": "table" if flag else "ephemeral"}


_STORED = {"ephemeral": False, "table": True, "view": True}


def _with_model_freshness(config: Config) -> Config:
    freshness = config["freshness"]
    if isinstance(freshness, Undecided):
        return config
    after = freshness.get("build_after") if isinstance(freshness, dict) else None
    if not isinstance(after, dict):
        return {key: value for key, value in config.items() if key != "freshness"}
    kept = {
        "count": after.get("count"),
        "period": after.get("period"),
        "updates_on": after.get("updates_on", "any"),
    }
    return {**config, "freshness": {"build_after": kept}}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _granted(old: Any, new: Any) -> Any:
    if isinstance(old, Undecided) or not isinstance(new, dict):
        return old if isinstance(old, Undecided) else Undecided("`grants` is not a mapping")
    result = {key: list(_listed(value)) for key, value in (old or {}).items()}
    for key, value in new.items():
        name = key.lstrip("+") if key.startswith("+") else key
        if key.startswith("+") and name in result:
            result[name] = result[name] + _listed(value)
        else:
            result[name] = list(_listed(value))
    return result


def hook(value: Any) -> Any:
    """A hook as dbt keeps it: SQL text, or a mapping, or such a mapping as JSON."""
    if isinstance(value, Undecided):
        return value
    if not isinstance(value, dict):
        try:
            value = json.loads(value)
        except (ValueError, TypeError):
            value = {"sql": value}
    if not isinstance(value, dict):
        return Undecided("a hook is neither text nor a mapping with `sql`")
    return {
        "sql": value.get("sql"),
        "transaction": value.get("transaction", True),
        "index": value.get("index"),
    }


def _docs(value: Any) -> Any:
    return {"show": value.get("show", True), "node_color": value.get("node_color")}


def _contract(value: Any) -> Any:
    return {
        "enforced": value.get("enforced", False),
        "alias_types": value.get("alias_types", True),
    }


def _snapshot_columns(value: Any) -> Any:
    if not isinstance(value, dict):
        return Undecided("`snapshot_meta_column_names` is not a mapping")
    return {name: value.get(name) for name in _SNAPSHOT_COLUMNS}


_CONVERT: dict[str, Callable[[Any], Any]] = {
    "pre-hook": lambda hooks: [hook(item) for item in hooks],
    "post-hook": lambda hooks: [hook(item) for item in hooks],
    "docs": _docs,
    "contract": _contract,
    "snapshot_meta_column_names": _snapshot_columns,
}
