"""Fix: incremental-has-unique-key."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.declared_key import declared_key
from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def incremental_has_unique_key(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The unique_key is the key that constraints or tests declare."""
    key = declared_key(model, scene.graph.tests.get(model.unique_id, ()))
    if not key:
        raise SuggestedError("no key is declared anywhere, by a constraint or a test")
    value = key[0] if len(key) == 1 else list(key)
    path = properties_home(scene.project, model)
    yield SetKey(path, (*entry_way(model), "config", "unique_key"), value)
