"""Fix: model-has-owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.conventions.neighbours import said_around
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def model_has_owner(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The owner that all models of the nearest folder with owners have."""
    owners = said_around(model, scene.project, _owner)
    if not owners:
        raise SuggestedError("no model around it has an owner")
    if len(owners) > 1:
        several = ", ".join(sorted(str(owner) for _, owner in owners))
        raise SuggestedError(f"the models around it have several owners: {several}")
    [(key, owner)] = owners
    yield SetKey(properties_home(scene.project, model), (*entry_way(model), "config", *key), owner)


def _owner(model: Model) -> tuple[tuple[str, ...], Any] | None:
    if {"group", "config", "config.group", "config.meta"} & model.undecided.keys():
        return None
    if model.group:
        return ("group",), model.group
    meta = model.config.get("meta") or model.meta
    owner = meta.get("owner") if isinstance(meta, dict) else None
    return (("meta", "owner"), owner) if owner else None
