"""Where a violation is: file, line and column, looked up only for what was found."""

from __future__ import annotations

from pathlib import Path

from platform_cli.conventions.rule import Violation
from platform_cli.errors import Where
from platform_cli.project.entry_place import Entries, Item
from platform_cli.project.resources import AnyResource, Column, Reference, Source


class Places:
    """The places in the files of one project; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, Entries] = {}

    def of(self, violation: Violation, resource: AnyResource | None) -> Where:
        """The place a person has to look at to mend it.

        A call is in the SQL; anything else is at the entry in the properties file, or in the
        defining file when nothing describes the resource. Without one it is the project's file.
        """
        if isinstance(violation.at, Where):
            return violation.at
        if resource is None:
            return Where("dbt_project.yml")
        if isinstance(violation.at, Reference):
            return Where(resource.path, violation.at.line or None, violation.at.column or None)
        path = resource.properties_path or resource.path
        if not path.endswith((".yml", ".yaml")):
            return Where(path)
        entries, entry = self._entries(path), _entry(resource)
        column = isinstance(violation.at, Column) and entries.place(
            (*entry, "columns", Item(violation.at.name))
        )
        place = column or entries.place(entry)
        return Where(path, *place) if place else Where(path)

    def inside(self, resource: AnyResource, keys: tuple[str, ...]) -> Where:
        """The place of a key in the resource's entry; where the entry is, when it is elsewhere."""
        path = resource.properties_path or resource.path
        if path.endswith((".yml", ".yaml")) and (
            place := self._entries(path).place((*_entry(resource), *keys))
        ):
            return Where(path, *place)
        return self.of(Violation(""), resource)

    def _entries(self, path: str) -> Entries:
        if path not in self._files:
            try:
                text = (self._root / path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._files[path] = Entries(text)
        return self._files[path]


def _entry(resource: AnyResource) -> tuple[str | Item, ...]:
    """The way to the resource's entry in its properties file."""
    if isinstance(resource, Source):
        return ("sources", Item(resource.source_name), "tables", Item(resource.name))
    section = {"Analysis": "analyses"}.get(type(resource).__name__)
    return (section or f"{type(resource).__name__.lower()}s", Item(resource.name))
