"""Fix: pii-looking-column-needs-classification."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, column_of, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.entry_place import Item
from platform_cli.project.resources import Model, Seed, Snapshot
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def pii_looking_column_needs_classification(
    finding: Diagnostic, resource: Model | Snapshot | Seed, scene: Scene
) -> Iterator[Edit]:
    """`pii: review`: from here on it is treated as personal, until somebody says what it is."""
    column = column_of(finding, resource)
    if column is not None:
        way = (*entry_way(resource), "columns", Item(column.name), "config", "meta", "pii")
        yield SetKey(properties_home(scene.project, resource), way, "review")
