"""Fix: owner-in-registry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import meta_way, written
from platform_cli.project.resources import Group, Model, Seed, Snapshot, Source
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def owner_in_registry(
    finding: Diagnostic, resource: Group | Model | Snapshot | Seed | Source, scene: Scene
) -> Iterator[Edit]:
    """The one owner that is spelt nearly so, where the owner is a plain word."""
    near = re.findall(r"did you mean '([^']+)'", finding.help)
    if len(near) != 1:
        raise SuggestedError("no known owner is spelt nearly so")
    path = properties_home(scene.project, resource)
    meta = meta_way(scene.project, path, entry_way(resource), "owner")
    if not isinstance(written(scene.project, path, (*meta, "owner")), str):
        raise SuggestedError(f"the owner is not written in {path}, or has several parts")
    yield SetKey(path, (*meta, "owner"), near[0])
