"""Where a violation is: file, line and column, looked up only for what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from platform_cli.conventions.rule import Key, Violation
from platform_cli.errors import Where
from platform_cli.project.entry_place import Entries, Item, Keys
from platform_cli.project.resources import AnyResource, Argument, Column, Reference, Source
from platform_cli.project.sql.positions import SqlSpan


class Places:
    """The places in the files of one project; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, Entries] = {}

    def of(self, violation: Violation, resource: AnyResource | None) -> Where:
        """The place a person has to look at to mend it.

        A call is in the SQL, and so is a part of it, and a key that `config()` sets; anything else
        is at the entry in the properties file, or in the defining file when nothing describes the
        resource. Without a resource it is the project's file.
        """
        at = violation.at
        if isinstance(at, Where):
            return at
        if resource is None:
            ways = [(at.name,)] if isinstance(at, Key) else []
            return self._first("dbt_project.yml", ways)
        if isinstance(at, SqlSpan) and not at.line:
            at = None  # it is not in the SQL: the entry
        if isinstance(at, Reference | SqlSpan):
            return Where(resource.path, at.line or None, at.column or None)
        if isinstance(at, Key) and (found := self._of_key(resource, at.name)):
            return found
        path, entry = resource.properties_path or resource.path, _entry(resource)
        if not path.endswith((".yml", ".yaml")):
            return Where(path)
        return self._first(path, [*_ways(entry, at), entry])

    def _first(self, path: str, ways: Iterable[Keys]) -> Where:
        """The first of these entries that the file has, or the file."""
        places = (self._entries(path).place(way) for way in ways)
        return Where(path, *next((place for place in places if place), ()))

    def _of_key(self, resource: AnyResource, name: str) -> Where | None:
        if name.startswith("meta."):
            return self.of_meta(resource, *name.split(".")[1:])
        return self._in_config_call(resource.path, name)

    def _in_config_call(self, path: str, key: str) -> Where | None:
        if not path.endswith(".sql"):
            return None
        text = self._text(path)
        call = re.search(rf"\bconfig\s*\((?:(?!\}}\}}).)*?\b({key})\s*=", text, re.DOTALL)
        if not call:
            return None
        before = text[: call.start(1)]
        return Where(path, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def of_meta(self, resource: AnyResource, *keys: str) -> Where:
        """The place of a key in the resource's `meta`, wherever that is written.

        In its entry, in that of its source, in `config()`, or else in the project's file.
        """
        path, entry = resource.properties_path or resource.path, _entry(resource)
        if path.endswith((".yml", ".yaml")):
            for above in (entry, entry[:2]):
                for way in ((*above, "config", "meta", *keys), (*above, "meta", *keys)):
                    if place := self._entries(path).place(way):
                        return Where(path, *place)
        in_code = [resource.path] if resource.path.endswith((".sql", ".py")) else []
        for path in (*in_code, "dbt_project.yml"):
            text, at = self._text(path), 0
            for key in keys:
                at = text.find(key, at) if at >= 0 else at
            if at >= 0:
                return Where(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        return Where("dbt_project.yml")

    def _entries(self, path: str) -> Entries:
        if path not in self._files:
            self._files[path] = Entries(self._text(path))
        return self._files[path]

    def _text(self, path: str) -> str:
        try:
            return (self._root / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""


def _ways(entry: Keys, at: Column | Key | None) -> Iterator[Keys]:
    """From the very word to what is around it."""
    if isinstance(at, Key) and at.column:
        section = "arguments" if isinstance(at.column, Argument) else "columns"
        column = (*entry, section, Item(at.column.name))
        yield from ((*column, at.name), column)
    elif isinstance(at, Key):
        yield from ((*entry, at.name), (*entry, "config", at.name))
    elif at:
        yield (*entry, "columns", Item(at.name))


def _entry(resource: AnyResource) -> Keys:
    """The way to the resource's entry in its properties file."""
    if isinstance(resource, Source):
        return ("sources", Item(resource.source_name), "tables", Item(resource.name))
    section = {"Analysis": "analyses"}.get(type(resource).__name__)
    return (section or f"{type(resource).__name__.lower()}s", Item(resource.name))
