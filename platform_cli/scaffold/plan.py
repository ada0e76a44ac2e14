"""Files that should be there, against what is there now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from platform_cli.project.edits.drafts import Change

Verb = Literal["create", "update", "identical", "conflict"]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that should be there; `path` is relative to the project's root.

    `before` is what the text was made of, for one that is there and gets something more.
    """

    path: str
    text: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A new file against what is there now: nothing, the same text, or a person's own."""

    path: str
    text: str
    verb: Verb
    present: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written below `root`."""

    root: Path
    files: tuple[PlannedFile, ...]

    @property
    def conflicts(self) -> tuple[PlannedFile, ...]:
        """The files that are there with another text."""
        return tuple(file for file in self.files if file.verb == "conflict")

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is to be written; files that are as they should be, or in the way, are left out."""
        from platform_cli.project.edits.drafts import Change

        return tuple(
            Change(file.path, None if file.verb == "create" else file.present, file.text)
            for file in self.files
            if file.verb in ("create", "update")
        )


def plan_files(root: Path, files: Iterable[NewFile]) -> Plan:
    """The plan that makes these files; reads what is there, writes nothing."""
    return Plan(root, tuple(_planned(root, file) for file in files))


def _planned(root: Path, file: NewFile) -> PlannedFile:
    target = root / file.path
    if not os.path.lexists(target):
        return PlannedFile(file.path, file.text, "create", "")
    try:
        # Not read_text(): it would turn Windows' line ends into ours.
        present = target.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        present = ""
    verb: Verb = "conflict"
    if present == file.text:
        verb = "identical"
    elif present == file.before:
        verb = "update"
    return PlannedFile(file.path, file.text, verb, present)
