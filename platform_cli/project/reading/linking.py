"""Resolve the references of all resources, and say what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from platform_cli.project.problem import Problem
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.resolve import Found, Refs, Sources
from platform_cli.project.reading.state import State
from platform_cli.project.resources import Exposure, Reference


class Linker:
    """Finds what each `ref()` and `source()` means."""

    def __init__(self, state: State) -> None:
        self._state = state
        hidden = [draft for drafts in state.disabled.values() for draft in drafts]
        self.refs = Refs(state.nodes.values(), hidden)
        others = [item for item in state.disabled_others if hasattr(item, "source_name")]
        self._sources = Sources(state.sources.values(), others)  # type: ignore[arg-type]
        self._own_first = state.root.flag("require_ref_searches_node_package_before_root", False)
        self._known: dict[tuple[Any, ...], Found] = {}

    def link(self, node: Draft) -> None:
        """Resolve a node's references and set what it depends on."""
        if not node.references:
            return
        resolved = []
        for reference in node.references:
            found = self._find(reference, node.package_name)
            if found.unique_id is None:
                self._missing(reference, found, node.unique_id, node.path, node.resource_type)
                if node.resource_type == "test":
                    # dbt keeps a test of something that is not there, switched off
                    node.enabled = False
                    node.config = {**node.config, "enabled": False}
                resolved.append(reference)
                continue
            resolved.append(replace(reference, unique_id=found.unique_id))
            if reference.kind == "ref":
                target = self._state.nodes[found.unique_id]
                if node.resource_type == "test" and "enabled" in target.undecided:
                    # a test of something that may be disabled may be switched off with it
                    node.undecided.setdefault("enabled", target.undecided["enabled"])
                self._check_access(node, reference, found.unique_id)
        node.references = resolved
        node.depends_on = in_dbt_order(resolved)

    def link_exposure(self, exposure: Exposure) -> Exposure:
        """The exposure with its references resolved."""
        resolved = []
        for reference in exposure.references:
            found = self._find(reference, exposure.package_name)
            if found.unique_id is None:
                self._missing(reference, found, exposure.unique_id, exposure.path, "exposure")
            resolved.append(replace(reference, unique_id=found.unique_id))
        return replace(
            exposure, references=tuple(resolved), depends_on=tuple(in_dbt_order(resolved))
        )

    def _find(self, reference: Reference, package: str) -> Found:
        key = (reference.kind, reference.args, reference.version, package)
        found = self._known.get(key)
        if found is None:
            store: Refs | Sources = self.refs if reference.kind == "ref" else self._sources
            found = self._known[key] = store.find(
                reference, self._state.root.name, package, own_first=self._own_first
            )
        return found

    def _missing(
        self, reference: Reference, found: Found, unique_id: str, path: str, kind: str
    ) -> None:
        name = ".".join(reference.args)
        who = f"{kind} {unique_id.split('.')[2]}"
        what = "model, seed or snapshot" if reference.kind == "ref" else "source table"
        if reference.version is not None:
            name = f"{name} in version {reference.version}"
        hint = ""
        if found.ambiguous:
            message = f"{name} is ambiguous: {', '.join(found.ambiguous)}"
            hint = "name the package too: ref('package', 'name')"
        elif found.disabled:
            message = f"{who} refers to {name}, which is disabled"
        else:
            message = f"{who} refers to {name}, but there is no such {what}"
            if reference.kind == "ref":
                near = self.refs.near(reference.args[-1])
            else:
                near = self._sources.near(reference.args)
            hint = f"did you mean {' or '.join(map(repr, near))}?" if near else ""
        self._state.problems.append(
            Problem(
                message=message,
                kind="ref",
                severity="warn" if kind == "test" else "error",
                path=path,
                line=reference.line,
                column=reference.column,
                hint=hint,
                resource=unique_id,
            )
        )

    def _check_access(self, node: Draft, reference: Reference, unique_id: str) -> None:
        target = self._state.nodes[unique_id]
        if target.resource_type != "model" or target.access == "public":
            return
        package = self._state.packages.get(target.package_name)
        restricted = package is not None and package.restrict_access
        elsewhere = node.package_name != target.package_name
        if target.access == "private":
            refused = not node.group or node.group != target.group or (elsewhere and restricted)
        else:
            refused = elsewhere and restricted
        if refused:
            scope = f"group {target.group!r}" if target.access == "private" else "its package"
            self._state.problems.append(
                Problem(
                    message=f"{node.unique_id} refers to {unique_id}, which is {target.access}: "
                    f"only {scope} may use it",
                    kind="access",
                    path=node.path,
                    line=reference.line,
                    column=reference.column,
                    resource=node.unique_id,
                )
            )


def in_dbt_order(references: Iterable[Reference]) -> list[str]:
    """Unique ids without repeats: dbt links sources first, then refs."""
    known = list(references)
    ids = [r.unique_id for r in known if r.kind == "source" and r.unique_id]
    ids += [r.unique_id for r in known if r.kind == "ref" and r.unique_id]
    return list(dict.fromkeys(ids))
