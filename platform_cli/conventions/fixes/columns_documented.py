"""Fix: columns-documented."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.described_upstream import described_upstream
from platform_cli.conventions.fix import Scene, SuggestedError, column_of, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.entry_place import Item
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def columns_documented(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The description of the column upstream that this one is, through aliases and CTEs."""
    column = column_of(finding, model)
    if column is None:
        raise SuggestedError("which columns matter is for a person to say")
    text = " ".join(described_upstream(scene.project, model, column.name).split())
    if not text:
        raise SuggestedError("it is computed, or described nowhere upstream for certain")
    if "{{" in text or "{%" in text:
        raise SuggestedError("its description upstream has Jinja in it")
    way = (*entry_way(model), "columns", Item(column.name), "description")
    yield SetKey(properties_home(scene.project, model), way, text)
