"""What `sync` would write, and what it leaves to a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from platform_cli.commands._returned import ReturnedColumns
from platform_cli.errors import Where
from platform_cli.project.edits.drafts import Change, Drafts
from platform_cli.project.edits.edit import RefusedError, entry_way
from platform_cli.project.edits.sync_model import Returned, Synced, sync_model
from platform_cli.project.edits.written import written
from platform_cli.project.entry_place import Entries, Item
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.described import inherited_description
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, column_named

if TYPE_CHECKING:
    from collections.abc import Iterable


class Vanished(Struct, frozen=True):
    """A column that is declared and no longer selected."""

    model: str
    column: str
    where: Where
    pruned: bool


class Plan(Struct, frozen=True):
    """What is due for each model, the files after it, and the models that cannot be done."""

    changes: tuple[Change, ...]
    due: tuple[Synced, ...]
    vanished: tuple[Vanished, ...]
    refused: Mapping[str, str]
    """Why a model is not brought in step, by its name."""
    first: tuple[str, ...]
    """The models that had no entry before."""
    unknown: tuple[str, ...]
    """The models of which nobody knows what they return."""
    untyped: str
    """Why types are not known; empty when they are."""

    @property
    def words(self) -> Mapping[str, Sequence[str]]:
        """What is due, by file."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.due:
            found[one.path].append(one.words)
        return found

    def notes(self) -> Iterator[str]:
        """What the person has to know besides the files."""
        for one in self.vanished:
            if not one.pruned:
                yield (
                    f"{one.where}: {one.model} no longer selects {one.column}; --prune removes its"
                    " entry, with its tests"
                )
        if self.first:
            more = f" and {len(self.first) - _SHOWN} more" if len(self.first) > _SHOWN else ""
            yield (
                f"an entry for the first time: {', '.join(self.first[:_SHOWN])}{more}; say in"
                " `description:` what a row is. `platform check` looks at the columns from now on"
            )
        for model, why in self.refused.items():
            yield f"{model} is left as it is: {why}"
        if self.unknown:
            build = " ".join(f"+{name}" for name in self.unknown)
            yield (
                f"not known before they are built: the columns of {', '.join(self.unknown)}"
                f" (platform build --no-check --select {build})"
            )
        if self.untyped and any(not column.data_type for one in self.due for column in one.added):
            yield f"columns are added without types: {self.untyped}"

    def details(self) -> Mapping[str, Any]:
        """What a program wants to know besides the files."""
        return {
            "models": [
                {
                    "name": one.model,
                    "path": one.path,
                    "added": [
                        {"name": c.name, "data_type": c.data_type, "description": c.description}
                        for c in one.added
                    ],
                    "retyped": one.retyped,
                    "removed": one.vanished if one.pruned else (),
                }
                for one in self.due
            ],
            "vanished": [
                {
                    "model": one.model,
                    "column": one.column,
                    "path": one.where.path,
                    "line": one.where.line,
                    "pruned": one.pruned,
                }
                for one in self.vanished
            ],
            "refused": self.refused,
            "unknown": self.unknown,
        }


def plan(project: Project, models: Sequence[Model], *, prune: bool) -> Plan:
    """What is due for these models; writes nothing."""
    lineage = ColumnLineage(project)
    asking = ReturnedColumns(lineage)
    returned = asking.of(models)
    alike = asking.same_types(_types(models, returned))
    undescribed = {one.name for one in models if one.properties_path is None}
    drafts, entries = Drafts(project.root), _Places(project)
    due: list[Synced] = []
    vanished: list[Vanished] = []
    refused: dict[str, str] = {}
    for model in models:
        if model.unique_id not in returned:
            continue
        try:
            one = sync_model(
                project,
                model,
                returned[model.unique_id],
                same_type=lambda one, other: (one, other) in alike,
                describe=partial(_description, lineage, model),
                prune=prune,
            )
            drafts.make(one.edits)
        except RefusedError as error:
            refused[model.name] = str(error)
            continue
        if one.edits:
            due.append(one)
        for name in one.vanished:
            where = entries.of(one.path, model, name)
            vanished.append(Vanished(model.name, name, where, one.pruned))
    lineage.keep()
    return Plan(
        changes=drafts.changes(),
        due=tuple(due),
        vanished=tuple(vanished),
        refused=refused,
        first=tuple(sorted(one.model for one in due if one.model in undescribed)),
        unknown=tuple(one.name for one in models if one.unique_id not in returned),
        untyped=asking.unusable or "what they are computed from is not built, or null",
    )


_SHOWN = 5


def _types(models: Iterable[Model], returned: Mapping[str, Returned]) -> Iterator[tuple[str, str]]:
    """The pairs of declared and returned types."""
    for model in models:
        for name, type_ in returned[model.unique_id].columns if model.unique_id in returned else ():
            column = column_named(model.columns, name)
            if type_ and column and column.data_type:
                yield column.data_type, type_


def _description(lineage: ColumnLineage, model: Model, name: str) -> str:
    """What the column is called upstream, on one line.

    A docs block is shown again and not copied; other Jinja would be rendered elsewhere.
    """
    found = inherited_description(lineage, model.unique_id, name)
    parent = lineage.project.resources.get(found.origin.unique_id) if found else None
    if found is None or parent is None:
        return ""
    project, path = lineage.project, parent.properties_path or parent.path
    way = (*entry_way(parent), "columns", Item(found.origin.column), "description")
    said = str(written(project, path, way) or "")
    if "{{" not in said and "{%" not in said:
        return " ".join(found.text.split())
    ours = parent.package_name == project.name
    return said.strip() if ours and _SHOWS_DOCS.fullmatch(said.strip()) else ""


_SHOWS_DOCS = re.compile(r"""\{\{\s*doc\(\s*["']\w+["']\s*\)\s*\}\}""")


class _Places:
    """Where the entries of columns stand; each file is read once."""

    def __init__(self, project: Project) -> None:
        self._root = project.root
        self._files: dict[str, Entries] = {}

    def of(self, path: str, model: Model, column: str) -> Where:
        if path not in self._files:
            text = (self._root / path).read_bytes().decode("utf-8", errors="replace")
            self._files[path] = Entries(text)
        way = (*entry_way(model), "columns", Item(column))
        return Where(path, *(self._files[path].place(way) or ()))
