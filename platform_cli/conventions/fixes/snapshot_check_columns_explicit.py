"""Fix: snapshot-check-columns-explicit."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Snapshot
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def snapshot_check_columns_explicit(
    _: Diagnostic, snapshot: Snapshot, scene: Scene
) -> Iterator[Edit]:
    """The columns that the source has now: from now on no new one makes versions by itself."""
    columns = scene.built.columns(snapshot)
    if columns is None:
        raise SuggestedError("the columns of its source are not known without the data")
    path = properties_home(scene.project, snapshot)
    names = [name for name, _ in columns]
    yield SetKey(path, (*entry_way(snapshot), "config", "check_cols"), names)
