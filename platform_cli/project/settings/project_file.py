"""dbt_project.yml of the project and of each package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from platform_cli.errors import PlatformError, Where
from platform_cli.project.files.yaml_values import KeyPath, render_tree
from platform_cli.project.locate import PROJECT_FILE

CONFIG_TREES = {
    "model": "models",
    "seed": "seeds",
    "snapshot": "snapshots",
    "source": "sources",
    "test": "data_tests",
    "unit_test": "unit_tests",
    "exposure": "exposures",
    "metric": "metrics",
    "semantic_model": "semantic-models",
    "saved_query": "saved-queries",
    "function": "functions",
}
"""Resource type -> its tree of configs in dbt_project.yml; every other type uses `models`."""

_HOOK_KEYS = {"pre-hook", "post-hook", "pre_hook", "post_hook"}
_NAME = re.compile(r"^[^\d\W]\w*$")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one dbt_project.yml says. Paths are as written; `prefix` leads to the package's root
    from the project's root (empty for the project itself)."""

    name: str
    root: str
    prefix: str
    profile: Any = None
    paths: Mapping[str, list[str]] = field(default_factory=dict)
    trees: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    dispatch: list[dict[str, Any]] = field(default_factory=list)
    quoting: Mapping[str, Any] = field(default_factory=dict)
    on_run_start: list[str] = field(default_factory=list)
    on_run_end: list[str] = field(default_factory=list)
    packages_path: str = "dbt_packages"
    target_path: str = "target"
    flags: Mapping[str, Any] = field(default_factory=dict)
    restrict_access: bool = False

    def tree(self, resource_type: str) -> dict[str, Any]:
        """The configs that apply to a resource type, as a tree of folders."""
        return self.trees.get(CONFIG_TREES.get(resource_type, "models"), {})

    def flag(self, name: str, default: bool) -> bool:
        """A behaviour flag under `flags:`."""
        value = self.flags.get(name)
        return default if value is None else bool(value)

    @property
    def yaml_folders(self) -> list[str]:
        """The folders dbt looks for properties files in."""
        return list(
            dict.fromkeys(p.rstrip("/") for kind in _SOURCE_KINDS for p in self.paths[kind])
        )

    def below_tests(self, folder: str) -> list[str]:
        return [f"{path.rstrip('/')}/{folder}" for path in self.paths["test"]]


_SHAPES: dict[str, type] = {
    "vars": dict,
    "dispatch": list,
    "quoting": dict,
    "flags": dict,
    "packages-install-path": str,
    "target-path": str,
}
_SOURCE_KINDS = ("model", "seed", "snapshot", "analysis", "macro", "test", "function")
_DEFAULT_FOLDERS = {
    "model": "models",
    "macro": "macros",
    "seed": "seeds",
    "test": "tests",
    "analysis": "analyses",
    "snapshot": "snapshots",
    "function": "functions",
}


def read_settings(
    raw: Any, root: str, prefix: str, render: Callable[[str, KeyPath], Any]
) -> Settings:
    """Settings from the YAML value of a dbt_project.yml.

    `render` gives a string's value and may give an `Undecided` inside a tree of configs.

    Raises:
        PlatformError: what dbt refuses too, such as a missing name.
    """
    path = prefix + PROJECT_FILE
    if not isinstance(raw, dict):
        raise PlatformError(
            f"{path} does not hold settings",
            hint="it needs at least a line `name: your_project`",
            where=Where(path, 1),
        )
    if "tests" in raw and "data_tests" not in raw:
        raw = {**raw, "data_tests": raw["tests"]}
    data = render_tree(raw, render, _rendered)
    name = data.get("name")
    if not isinstance(name, str) or not _NAME.match(name):
        wrong = "has no `name`" if name is None else f"has a name dbt refuses: {name!r}"
        raise PlatformError(
            f"{path} {wrong}",
            hint="a name has letters, digits and underscores and starts with a letter",
            where=Where(path),
        )
    paths = {kind: _folders(data, kind, path) for kind in _SOURCE_KINDS}
    docs = data.get("docs-paths")
    if isinstance(docs, list):
        paths["docs"] = docs
    trees = {tree: data.get(tree) or {} for tree in {*CONFIG_TREES.values()}}
    for tree, value in trees.items():
        if not isinstance(value, dict):
            raise PlatformError(f"`{tree}` in {path} is not a mapping", where=Where(path))
    for key, kind in _SHAPES.items():
        if data.get(key) and not isinstance(data[key], kind):
            wanted = "a mapping" if kind is dict else "a list" if kind is list else "text"
            raise PlatformError(f"`{key}` in {path} is not {wanted}", where=Where(path))
    return Settings(
        name=name,
        root=root,
        prefix=prefix,
        profile=raw.get("profile"),
        paths=paths,
        trees=trees,
        variables=data.get("vars") or {},
        dispatch=data.get("dispatch") or [],
        quoting=data.get("quoting") or {},
        on_run_start=_hooks(data.get("on-run-start")),
        on_run_end=_hooks(data.get("on-run-end")),
        packages_path=data.get("packages-install-path") or "dbt_packages",
        target_path=data.get("target-path") or "target",
        flags=data.get("flags") or {},
        restrict_access=bool(data.get("restrict-access", False)),
    )


def _folders(data: dict[str, Any], kind: str, path: str) -> list[str]:
    old = {"model": "source-paths", "seed": "data-paths"}.get(kind, "")
    value = data.get(f"{kind}-paths")
    if value is None and f"{kind}-paths" not in data and old:
        value = data.get(old)
    if value is None:
        return [_DEFAULT_FOLDERS[kind]]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PlatformError(
            f"`{kind}-paths` in {path} is not a list of folders",
            hint=f'write it like this: {kind}-paths: ["{_DEFAULT_FOLDERS[kind]}"]',
            where=Where(path),
        )
    return value


def _hooks(value: Any) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _rendered(path: KeyPath) -> bool:
    """Hooks and vars are rendered later, when they are used; the query comment never is."""
    if not path:
        return True
    first = path[0]
    if first in {"on-run-start", "on-run-end", "query-comment", "vars"}:
        return False
    if first in {"seeds", "models", "snapshots", "tests", "data_tests"}:
        return not any(isinstance(key, str) and key.lstrip("+ ") in _HOOK_KEYS for key in path)
    return True
