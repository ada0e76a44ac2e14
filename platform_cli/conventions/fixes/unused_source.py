"""Fix: unused-source."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, Remove, entry_way
from platform_cli.project.edits.written import written
from platform_cli.project.resources import Source
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def unused_source(_: Diagnostic, source: Source, scene: Scene) -> Iterator[Edit]:
    """An entry that says nothing but the table's name is removed; any other is somebody's work."""
    if written(scene.project, source.path, entry_way(source)) != {"name": source.name}:
        raise SuggestedError("its entry says more than its name: would that be lost?")
    tables = [one for one in scene.project.of(Source) if one.source_name == source.source_name]
    if len(tables) == 1:
        raise SuggestedError("it is the only table of its source")
    yield Remove(source.path, entry_way(source))
