"""Fix: model-has-yaml-entry."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, fix
from platform_cli.project.edits.edit import AddItem, Edit, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def model_has_yaml_entry(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """An entry with the columns that DuckDB finds in the SQL; what they mean is for a person."""
    path = properties_home(scene.project, model)
    yield AddItem(path, ("models",), {"name": model.name})
    for name, _type in scene.built.columns(model) or ():
        yield AddItem(path, (*entry_way(model), "columns"), {"name": name})
