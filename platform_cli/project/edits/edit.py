"""What can be done to a project's files, as plain data.

Whoever decides says what should be so; how a text is changed for it is known to `yaml_edit` and
`drafts`. Paths are relative to the project's root, with forward slashes.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from platform_cli.project.entry_place import Item, Keys
from platform_cli.project.resources import AnyResource, Source


class RefusedError(Exception):
    """An edit that cannot be made safely. No user sees this: the change is suggested instead."""


class SetKey(Struct, frozen=True):
    """The key at the end of `way` has this value; what is missing on the way is made.

    `("models", Item("fct_flights"), "config", "group")`. An entry that is made gets its name.
    """

    path: str
    way: Keys
    value: Any


class AddItem(Struct, frozen=True):
    """The list at the end of `way` has this value, too; the list is made when it is missing.

    An entry with a `name` is there when one of that name is, whatever else it says.
    """

    path: str
    way: Keys
    value: Any


class Remove(Struct, frozen=True):
    """The key or item at the end of `way` is gone, and so is what held nothing else.

    Of several items of one name `which` says the one: 0 is the first.
    """

    path: str
    way: Keys
    which: int = 0


class ReplaceText(Struct, frozen=True):
    """What stands from character `start` on, which is `old`, becomes `new`."""

    path: str
    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """The character after the last one that is replaced."""
        return self.start + len(self.old)


class MoveFile(Struct, frozen=True):
    """The file is called `to`; nothing may be there."""

    path: str
    to: str


class DeleteFile(Struct, frozen=True):
    """The file is gone."""

    path: str


YamlEdit = SetKey | AddItem | Remove
Edit = YamlEdit | ReplaceText | MoveFile | DeleteFile


def entry_way(resource: AnyResource) -> Keys:
    """The way to the entry of a resource in its properties file."""
    if isinstance(resource, Source):
        return ("sources", Item(resource.source_name), "tables", Item(resource.name))
    section = {"Analysis": "analyses"}.get(type(resource).__name__)
    return (section or f"{type(resource).__name__.lower()}s", Item(resource.name))
