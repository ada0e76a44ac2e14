"""Fix: sla-declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.conventions.meta_value import says
from platform_cli.conventions.neighbours import said_around
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model, Node, Snapshot, Source
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def sla_declared(
    _: Diagnostic, resource: Model | Snapshot | Source, scene: Scene
) -> Iterator[Edit]:
    """The SLA that all models of the nearest folder with SLAs have."""
    key = str(scene.setting("sla-declared", "key"))
    if not isinstance(resource, Node):
        raise SuggestedError("a promise about a source is made by who loads it")
    around = said_around(resource, scene.project, _said, key)
    if len(around) != 1:
        raise SuggestedError("the models around it promise nothing, or not the same")
    path = properties_home(scene.project, resource)
    yield SetKey(path, (*entry_way(resource), "config", "meta", key), around[0])


def _said(node: Node, key: str) -> Any:
    meta = node.config.get("meta") or node.meta
    value = meta.get(key) if isinstance(meta, dict) else None
    return value if says(value) else None
