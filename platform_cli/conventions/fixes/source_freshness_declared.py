"""Fix: source-freshness-declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.resources import Source
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def source_freshness_declared(_: Diagnostic, source: Source, scene: Scene) -> Iterator[Edit]:
    """What all other tables of the source say that have the same `loaded_at_field`."""
    said = [
        _said(one.freshness)
        for one in scene.project.of(Source)
        if one.source_name == source.source_name
        and one.package_name == source.package_name
        and one is not source
        and one.freshness
        and "freshness" not in one.undecided
        and one.loaded_at_field == source.loaded_at_field
    ]
    different = [one for number, one in enumerate(said) if one not in said[:number]]
    thresholds = [one for one in different if one]
    if len(thresholds) != 1:
        raise SuggestedError("the other tables of the source say nothing, or not the same")
    yield SetKey(source.path, (*entry_way(source), "config", "freshness"), thresholds[0])


def _said(freshness: dict[str, Any]) -> dict[str, Any]:
    """The thresholds without what dbt adds: null is nothing that anybody wrote."""
    return {
        key: value
        for key, value in freshness.items()
        if value and not (isinstance(value, dict) and value.get("count") is None)
    }
