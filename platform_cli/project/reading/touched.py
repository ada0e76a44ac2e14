"""The saved project after an edit of SQL that changes nothing of what dbt records.

Most edits are like that: they change the query, not its refs or config. Then every resource is
what it was, but for the places of its references. Whenever anything else could differ the
answer is None, and the project is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from platform_cli.errors import PlatformError
from platform_cli.project.files.tree import InputFile
from platform_cli.project.jinja.sql import SqlFacts
from platform_cli.project.reading.cache import Evidence, Saved
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.facts import fact_key
from platform_cli.project.reading.opening import Opening
from platform_cli.project.reading.sql_nodes import file_drafts
from platform_cli.project.resources import Analysis, DataTest, Model, Node, Reference
from platform_cli.project.settings.world import World

_KINDS: dict[str, type[Node]] = {"model": Model, "analysis": Analysis, "test": DataTest}


def touched(saved: Saved, evidence: Evidence, opening: Opening, changed: set[str]) -> Saved | None:
    """The project with the changed files (relative to the root), None when it must be read anew.

    `saved` is the whole project as `evidence` has it, of which nothing but those files changed.
    """
    if any(problem.path in changed for problem in saved.problems):
        return None
    if _hold_snapshots(opening.world, changed):
        return None
    found = _drafts(opening.world, changed)
    if {file.path for _, file in found} != changed or len(found) != len(changed):
        return None
    places = _places(saved, changed)
    for draft, file in found:
        here = places.get(file.path, ())
        if len(here) != 1:
            return None
        store, at = here[0]
        node = store[at]
        if type(node) is not _KINDS[draft.resource_type] or _is_named(saved, node):
            return None
        old = opening.kept.last(fact_key(draft, file), evidence.files[file.path])
        try:
            new = opening.facts.of_file(file, draft)
        except PlatformError:
            return None
        if old is None or _recorded(old) != _recorded(new) or old.undecided or new.undecided:
            return None
        references = _moved(node.references, old.references, new.references)
        if references is None:
            return None
        store[at] = replace(node, references=references)
    return saved


def _drafts(world: World, changed: set[str]) -> list[tuple[Draft, InputFile]]:
    return [
        (draft, file)
        for name, settings in world.packages.items()
        for kind in _KINDS
        for draft, file in file_drafts(kind, settings, world.files[name], only=changed)
    ]


def _hold_snapshots(world: World, changed: set[str]) -> bool:
    """Whether a file is also searched for snapshots: an edit may have made one."""
    return any(
        file.path in changed
        for name, settings in world.packages.items()
        for file in world.files[name].find(settings.paths["snapshot"], ".sql")
    )


def _places(saved: Saved, changed: set[str]) -> Mapping[str, list[tuple[list[Any], int]]]:
    """Where the resources of these files are."""
    places: dict[str, list[tuple[list[Any], int]]] = {}
    stores: tuple[list[Any], list[Any]] = (saved.resources, saved.disabled)
    for store in stores:
        for at, resource in enumerate(store):
            if resource.path in changed:
                places.setdefault(resource.path, []).append((store, at))
    return places


def _is_named(saved: Saved, node: Node) -> bool:
    return any(problem.resource == node.unique_id for problem in saved.problems)


def _recorded(facts: SqlFacts) -> str:
    """What dbt would record, as text that tells it whole."""
    references = [(ref.kind, ref.args, ref.version) for ref in facts.references]
    return repr((references, facts.config, facts.is_incremental))


def _moved(
    resolved: Sequence[Reference], old: Sequence[Reference], new: Sequence[Reference]
) -> tuple[Reference, ...] | None:
    """The resolved references at their new places; those of hooks and constraints stay behind."""
    own, others = resolved[: len(old)], resolved[len(old) :]
    if [replace(ref, unique_id=None) for ref in own] != list(old):
        return None
    moved = [
        replace(ref, line=place.line, column=place.column)
        for ref, place in zip(own, new, strict=True)
    ]
    return (*moved, *others)
