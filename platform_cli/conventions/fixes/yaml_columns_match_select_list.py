"""Fix: yaml-columns-match-select-list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.fix import Scene, SuggestedError, column_of, fix
from platform_cli.project.edits.edit import AddItem, Edit, Remove, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.entry_place import Item
from platform_cli.project.resources import Column, Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def yaml_columns_match_select_list(
    finding: Diagnostic, model: Model, scene: Scene
) -> Iterator[Edit]:
    """An entry for what is selected; one that says nothing of what is not selected is removed."""
    path, way = properties_home(scene.project, model), (*entry_way(model), "columns")
    if selected := re.match(r"the SQL selects (.+), which is not declared$", finding.message):
        yield AddItem(path, way, _entry(selected[1], model, scene))
        return
    column = column_of(finding, model)
    if column is None:
        return
    if "did you mean" in finding.help:
        raise SuggestedError("it may be misspelt")
    if _says_something(column, model, scene):
        raise SuggestedError("its entry has a description or tests: would they be lost?")
    yield Remove(path, (*way, Item(column.name)))


def _entry(name: str, model: Model, scene: Scene) -> dict[str, Any]:
    if not (model.config.get("contract") or {}).get("enforced"):
        return {"name": name}
    types = {one.lower(): type_ for one, type_ in scene.built.columns(model) or ()}
    if name.lower() not in types:
        raise SuggestedError("the contract wants its type, which is known once it is built")
    return {"name": name, "data_type": types[name.lower()]}


def _says_something(column: Column, model: Model, scene: Scene) -> bool:
    if column.description or column.constraints or column.meta or column.tags:
        return True
    tests = scene.graph.tests.get(model.unique_id, ())
    return any((one.column_name or "").lower() == column.name.lower() for one in tests)
