"""Find the resource that a `ref()` or `source()` means, in dbt's order of packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from platform_cli.project.reading.draft import Draft
from platform_cli.project.resources import Reference, Source

REFABLE = frozenset({"model", "seed", "snapshot"})


class Found(NamedTuple):
    """What a reference leads to: an enabled resource's unique id, or why there is none."""

    unique_id: str | None = None
    disabled: str | None = None
    ambiguous: tuple[str, ...] = ()


class Refs:
    """The nodes that `ref()` can find, enabled ones and disabled ones."""

    def __init__(self, nodes: Iterable[Draft], disabled: Iterable[Draft]) -> None:
        self._enabled: dict[str, dict[str, str]] = {}
        self._disabled: dict[str, dict[str, list[Draft]]] = {}
        for node in nodes:
            self.add(node)
        for node in disabled:
            by_package = self._disabled.setdefault(node.search_name, {})
            by_package.setdefault(node.package_name, []).append(node)

    def add(self, node: Draft) -> None:
        """Make a node known. Without a version, a name means the latest one."""
        if node.resource_type not in REFABLE:
            return
        by_package = self._enabled.setdefault(node.name, {})
        if node.versioned:
            versioned = self._enabled.setdefault(node.search_name, {})
            versioned[node.package_name] = node.unique_id
            if node.version == node.latest_version:
                by_package[node.package_name] = node.unique_id
        else:
            by_package[node.package_name] = node.unique_id

    def unique_ids(self, name: str, package: str | None, version: Any = None) -> list[str]:
        """Enabled nodes of that name: in one package, or (None) in all of them."""
        by_package = self._enabled.get(f"{name}.v{version}" if version else name)
        if not by_package:
            return []
        if package is None:
            return list(by_package.values())
        return [by_package[package]] if package in by_package else []

    def disabled(
        self,
        name: str,
        package: str | None,
        version: Any = None,
        kinds: frozenset[str] | None = None,
    ) -> list[Draft]:
        """Disabled nodes of that name in one package; None: in the first package that has any."""
        by_package = self._disabled.get(f"{name}.v{version}" if version else name)
        if not by_package:
            return []
        nodes = next(iter(by_package.values())) if package is None else by_package.get(package, [])
        return [node for node in nodes if kinds is None or node.resource_type in kinds]

    def find(
        self, reference: Reference, root: str, package: str, *, own_first: bool = False
    ) -> Found:
        """What a `ref()` in a file of `package` means."""
        args = reference.args
        name, wanted = args[-1], args[0] if len(args) > 1 else None
        hidden: list[Draft] = []
        for place in packages_to_search(root, package, wanted, own_first=own_first):
            found = self.unique_ids(name, place, reference.version)
            if len(found) > 1:
                return Found(ambiguous=tuple(found))
            if found:
                return Found(found[0])
            hidden = hidden or self.disabled(name, place, reference.version, REFABLE)
        return Found(disabled=hidden[0].unique_id if hidden else None)

    def near(self, name: str) -> list[str]:
        """Names that look like this one."""
        return get_close_matches(name, list(self._enabled), n=3, cutoff=0.6)


class Sources:
    """The tables that `source()` can find."""

    def __init__(self, enabled: Iterable[Source], disabled: Iterable[Source]) -> None:
        self._enabled: dict[tuple[str, ...], dict[str, str]] = {}
        self._disabled: dict[tuple[str, ...], dict[str, str]] = {}
        for store, sources in ((self._enabled, enabled), (self._disabled, disabled)):
            for source in sources:
                key = (source.source_name, source.name)
                store.setdefault(key, {})[source.package_name] = source.unique_id

    def find(
        self, reference: Reference, root: str, package: str, *, own_first: bool = False
    ) -> Found:
        """What a `source()` in a file of `package` means."""
        hidden: str | None = None
        for place in packages_to_search(root, package, None, own_first=own_first):
            if found := _pick(self._enabled.get(reference.args), place):
                return Found(found)
            hidden = hidden or _pick(self._disabled.get(reference.args), place)
        return Found(disabled=hidden)

    def near(self, args: tuple[str, ...]) -> list[str]:
        """`source.table` names that look like these."""
        known = [".".join(key) for key in self._enabled]
        return get_close_matches(".".join(args), known, n=3, cutoff=0.6)


def packages_to_search(
    root: str, package: str, wanted: str | None, *, own_first: bool
) -> Iterator[str | None]:
    """Package names to look in, in order; None is all of them.

    The root project comes before the file's own package unless the flag
    `require_ref_searches_node_package_before_root` is set (dbt 1.11).
    """
    if wanted is not None:
        yield wanted
        return
    if root == package:
        yield root
    elif own_first:
        yield package
        yield root
    else:
        yield root
        yield package
    yield None


def _pick(by_package: dict[str, str] | None, package: str | None) -> str | None:
    if not by_package:
        return None
    return next(iter(by_package.values())) if package is None else by_package.get(package)
