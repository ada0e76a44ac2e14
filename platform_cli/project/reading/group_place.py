"""Where it is written which group a node is in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.errors import Where
from platform_cli.project.entry_place import Entries, Item

if TYPE_CHECKING:
    from platform_cli.project.reading.draft import Draft

_SECTIONS = {"analysis": "analyses"}


class GroupPlaces:
    """The places in the files of the project in folder `root`; each file is read once."""

    def __init__(self, root: str) -> None:
        self._root = Path(root)
        self._texts: dict[str, str] = {}
        self._entries: dict[str, Entries] = {}

    def of(self, node: Draft) -> Where:
        """The place, in dbt's order: the node's `config()`, its entry in a properties file,
        dbt_project.yml. Where none of them says it in so many words it is the node's file.
        """
        return (
            self._written(node.path, node)
            or self._in_entry(node)
            or self._written("dbt_project.yml", node)
            or Where(node.path)
        )

    def _in_entry(self, node: Draft) -> Where | None:
        path = node.properties_path or node.path
        if not path.endswith((".yml", ".yaml")):
            return None
        if path not in self._entries:
            self._entries[path] = Entries(self._text(path))
        section = _SECTIONS.get(node.resource_type, f"{node.resource_type}s")
        for way in (("config", "group"), ("group",)):
            if place := self._entries[path].place((section, Item(node.name), *way)):
                return Where(path, *place)
        return None

    def _written(self, path: str, node: Draft) -> Where | None:
        """The first `group='NAME'` or `group: NAME`. Not in properties: they have other nodes."""
        if path != "dbt_project.yml" and "group" not in node.call:
            return None
        name = re.escape(str(node.group or ""))
        text = self._text(path)
        found = re.search(rf"""["'+]*\bgroup["']?\s*[:=]\s*["']?{name}(?!\w)""", text)
        if not found:
            return None
        before = text[: found.start()]
        return Where(path, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                self._texts[path] = (self._root / path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                self._texts[path] = ""
        return self._texts[path]
