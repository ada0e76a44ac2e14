"""Fix: snapshot-hard-deletes-explicit."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Snapshot
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def snapshot_hard_deletes_explicit(
    _: Diagnostic, snapshot: Snapshot, scene: Scene
) -> Iterator[Edit]:
    """`ignore` is what dbt does when nobody says it: the history goes on as it was."""
    path = properties_home(scene.project, snapshot)
    yield SetKey(path, (*entry_way(snapshot), "config", "hard_deletes"), "ignore")
