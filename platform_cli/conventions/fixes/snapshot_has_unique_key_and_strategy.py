"""Fix: snapshot-has-unique-key-and-strategy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.declared_keys import declared_keys
from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Snapshot, column_named
from platform_cli.reporting.diagnostic import Diagnostic

STRATEGIES = {"updated_at": "timestamp", "check_cols": "check"}
"""By the key that only this strategy of dbt reads."""


@fix()
def snapshot_has_unique_key_and_strategy(
    finding: Diagnostic, snapshot: Snapshot, scene: Scene
) -> Iterator[Edit]:
    """The one key that is declared of what it reads; the strategy that its other keys are for."""
    if finding.message == "no unique_key":
        key, value = "unique_key", _key(snapshot, scene)
    elif finding.message == "no strategy":
        key, value = "strategy", _strategy(snapshot)
    else:
        raise SuggestedError("how a change shows is for a person to say")
    path = properties_home(scene.project, snapshot)
    yield SetKey(path, (*entry_way(snapshot), "config", key), value)


def _key(snapshot: Snapshot, scene: Scene) -> Any:
    if len(snapshot.depends_on) != 1:
        raise SuggestedError("it reads several tables")
    read = scene.project.resources[snapshot.depends_on[0]]
    keys = set(declared_keys(read, scene.graph))
    if len(keys) != 1:
        raise SuggestedError(f"{read.name} has no key, or several, that tests or constraints name")
    columns = getattr(read, "columns", {})
    named = [(column_named(columns, one), one) for one in sorted(keys.pop())]
    names = [column.name if column else name for column, name in named]
    return names[0] if len(names) == 1 else names


def _strategy(snapshot: Snapshot) -> str:
    said = [
        strategy
        for key, strategy in STRATEGIES.items()
        if snapshot.config.get(key) or f"config.{key}" in snapshot.undecided
    ]
    if len(said) != 1:
        raise SuggestedError("how a change shows is for a person to say")
    return said[0]
