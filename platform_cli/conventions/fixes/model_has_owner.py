"""Fix: model-has-owner."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname
from typing import Any

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def model_has_owner(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The owner that all models of the nearest folder with owners have."""
    owners = _nearest_owners(model, scene)
    if len(owners) != 1:
        several = f": {', '.join(sorted(str(owner) for _, owner in owners))}" if owners else ""
        raise SuggestedError(
            f"the models around it have several owners{several}"
            if owners
            else "no model around it has an owner"
        )
    [(key, owner)] = owners
    yield SetKey(properties_home(scene.project, model), (*entry_way(model), "config", *key), owner)


def _nearest_owners(model: Model, scene: Scene) -> list[tuple[tuple[str, ...], Any]]:
    """The owners, each once, of the models in the nearest folder that has any."""
    folder = dirname(model.path)
    while folder:
        found: list[tuple[tuple[str, ...], Any]] = []
        for one in scene.project.of(Model):
            near = one.package_name == model.package_name and one.path.startswith(f"{folder}/")
            owner = _owner(one) if near else None
            if owner is not None and owner not in found:
                found.append(owner)
        if found:
            return found
        folder = dirname(folder)
    return []


def _owner(model: Model) -> tuple[tuple[str, ...], Any] | None:
    if {"group", "config", "config.group", "config.meta"} & model.undecided.keys():
        return None
    if model.group:
        return ("group",), model.group
    meta = model.config.get("meta") or model.meta
    owner = meta.get("owner") if isinstance(meta, dict) else None
    return (("meta", "owner"), owner) if owner else None
