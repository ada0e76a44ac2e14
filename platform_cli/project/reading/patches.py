"""Lay what properties files say about models, seeds, snapshots, ... over the nodes."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from platform_cli.project.reading.columns import read_columns
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.resolve import Refs
from platform_cli.project.reading.sql_nodes import add_hook_references
from platform_cli.project.reading.state import State

if TYPE_CHECKING:
    from platform_cli.project.reading.facts import Facts
    from platform_cli.project.reading.properties import PropertiesFile

_MOVED = ("meta", "docs", "group", "contract", "access")
_TYPES = {"models": "model", "seeds": "seed", "snapshots": "snapshot", "analyses": "analysis"}


class Patches:
    """Applies the entries of properties files, file by file."""

    def __init__(self, state: State, facts: Facts) -> None:
        self._state = state
        self._facts = facts
        self.refs = self.look_up()

    def look_up(self) -> Refs:
        """The nodes by name as they are now."""
        state = self._state
        hidden = [draft for drafts in state.disabled.values() for draft in drafts]
        self.refs = Refs(state.nodes.values(), hidden)
        return self.refs

    def patch(self, properties: PropertiesFile, key: str, entry: dict[str, Any]) -> None:
        """Apply one entry of `models`, `seeds`, `snapshots` or `analyses`."""
        move_to_config(entry)
        if key == "models" and entry.get("versions"):
            self._patch_versions(properties, entry)
            return
        name, package = entry["name"], properties.file.package
        found = self._find(properties, key, name, package)
        if found is None:
            return
        node, drafts = found
        if node is None and not drafts:
            properties.orphan(key, name, hint=self._near(name))
            return
        for draft in drafts:
            draft.properties_path = properties.file.path
            self._apply(draft, entry, package)
        if node is not None:
            if node.properties_path is not None:
                properties.problem(
                    f"{name!r} is described a second time; the first is in {node.properties_path}",
                    hint="keep one of the two entries, with all it needs",
                )
                return
            node.properties_path = properties.file.path
            self._apply(node, entry, package)

    def _find(
        self, properties: PropertiesFile, key: str, name: str, package: str
    ) -> tuple[Draft | None, list[Draft]] | None:
        """The enabled node, or the disabled ones; None when there is nothing to patch."""
        kind = _TYPES[key]
        state = self._state
        if key == "analyses":
            ids = [
                node.unique_id
                for node in state.nodes.values()
                if node.resource_type == "analysis" and node.name == name
            ]
        else:
            ids = self.refs.unique_ids(name, package) or self.refs.unique_ids(name, None)
        if len(ids) > 1:
            properties.problem(f"{name!r} is ambiguous: {', '.join(ids)}")
            return None
        if ids:
            node = state.nodes[ids[0]]
            if node.resource_type != kind:
                properties.problem(
                    f"{name!r} is a {node.resource_type}, but it is described under `{key}`",
                    severity="warn",
                )
                return None
            return node, []
        return None, self.refs.disabled(name, package, kinds=frozenset({kind}))

    def _near(self, name: str) -> str:
        near = self.refs.near(name)
        return f"did you mean {' or '.join(map(repr, near))}?" if near else ""

    def _apply(self, node: Draft, entry: dict[str, Any], package: str) -> None:
        if config := entry.get("config"):
            self._configure(node, package, config)
        node.description = entry.get("description") or ""
        node.columns = read_columns(entry.get("columns") or ())
        node.name = entry["name"]
        if node.resource_type == "model":
            self._constrain(node, entry.get("constraints"))
            _deprecate(node, entry)

    def _configure(self, node: Draft, package: str, config: dict[str, Any]) -> None:
        patch = config
        if node.language == "python" and "materialized" not in config:
            patch = {**config, "materialized": "table"}
        self._state.configure(node, package, patch)
        add_hook_references(node, self._facts)

    def _constrain(self, node: Draft, constraints: Any) -> None:
        """Constraints of the model itself are kept; a foreign key's `to:` is a reference too."""
        every = list(constraints or ())
        if every:
            node.extra = {"constraints": tuple(one for one in every if isinstance(one, dict))}
        for column in node.columns.values():
            every += column.constraints
        for constraint in every:
            if isinstance(constraint, dict) and constraint.get("type") == "foreign_key":
                to = constraint.get("to")
                if isinstance(to, str) and to:
                    from platform_cli.project.jinja.sql import read_expression

                    reference = read_expression(to)
                    if reference is not None:
                        node.references.append(reference)

    def _patch_versions(self, properties: PropertiesFile, entry: dict[str, Any]) -> None:
        state = self._state
        name, package = entry["name"], properties.file.package
        versions = [v for v in entry["versions"] if isinstance(v, dict) and "v" in v]
        latest = entry.get("latest_version")
        if latest is None:
            latest = max((v["v"] for v in versions), key=version_key, default=None)
        for version in versions:
            v = version["v"]
            file_name = version.get("defined_in") or f"{name}_v{v}"
            ids = self.refs.unique_ids(file_name, package)
            if not ids and v == latest:
                ids = self.refs.unique_ids(name, package)
            if ids:
                node = state.nodes.pop(ids[0])
            else:
                hidden = self.refs.disabled(file_name, None, kinds=frozenset({"model"}))
                if not hidden:
                    properties.problem(
                        f"version {v} of {name!r} has no model file {file_name!r}",
                        severity="warn",
                        hint=self._near(file_name),
                    )
                    continue
                node = hidden[0]
                state.disabled.pop(node.unique_id, None)
            node.unique_id = f"model.{package}.{name}.v{v}"
            node.fqn = [*node.fqn[:-1], name, f"v{v}"]
            if ids:
                state.nodes[node.unique_id] = node
            else:
                state.disabled.setdefault(node.unique_id, []).append(node)
            node.properties_path = properties.file.path
            node.description = version.get("description") or entry.get("description") or ""
            node.columns = read_columns(version_columns(entry, version))
            node.name = name
            node.version, node.latest_version = v, latest
            config = deep_merge(entry.get("config") or {}, version.get("config") or {})
            self._configure(node, package, config)
            self._constrain(node, version.get("constraints") or entry.get("constraints"))
            _deprecate(node, version)
        self.look_up()


def _deprecate(node: Draft, entry: dict[str, Any]) -> None:
    if date := entry.get("deprecation_date"):
        node.extra = {**node.extra, "deprecation_date": str(date)}


def move_to_config(entry: dict[str, Any]) -> None:
    """Move the keys that dbt keeps in the config there, as dbt does; `tests` become data_tests."""
    moved = [key for key in _MOVED if key in entry]
    if moved:
        config = dict(entry.get("config") or {})
        for key in moved:
            config[key] = entry.pop(key)
        entry["config"] = config


def version_columns(entry: dict[str, Any], version: dict[str, Any]) -> list[dict[str, Any]]:
    """The columns of one version: the model's, as include and exclude say, and its own."""
    own = []
    include: Any = "*"
    exclude: Any = ()
    for column in version.get("columns") or ():
        if (
            isinstance(column, dict)
            and "name" not in column
            and ("include" in column or "exclude" in column)
        ):
            include = column.get("include", "*")
            exclude = column.get("exclude") or ()
        elif isinstance(column, dict):
            own.append(column)
    everything = include in ("*", "all")
    shared = [
        column
        for column in entry.get("columns") or ()
        if isinstance(column, dict)
        and (everything or column.get("name") in (include or ()))
        and column.get("name") not in exclude
    ]
    return shared + own


def version_key(v: Any) -> tuple[int, Any]:
    """A key that sorts versions as dbt does: as numbers where they are numbers."""
    try:
        return (0, float(v))
    except (TypeError, ValueError):
        return (1, str(v))


def deep_merge(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """`more` laid over `base`, mappings merged and lists put together, the newer items first."""
    result = deepcopy(base)
    for key, value in more.items():
        old = result.get(key)
        if isinstance(value, dict):
            result[key] = deep_merge(old if isinstance(old, dict) else {}, value)
        elif isinstance(value, list) and key in result:
            result[key] = list(value) + list(old or ())
        else:
            result[key] = value
    return result
