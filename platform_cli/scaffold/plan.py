"""Files about to be written: planned, shown, then written all or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.draft_files import (
    draft_file,
    make_folders,
    remove_drafts,
    remove_folders,
)

Verb = Literal["create", "identical", "conflict"]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that should be there; `path` is relative to the project's root."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A new file against what is there now: nothing, the same text, or a person's own."""

    path: str
    text: str
    verb: Verb
    present: str

    def diff(self) -> str:
        """What would change, as a unified diff; empty when nothing does."""
        before = f"a/{self.path}" if self.verb == "conflict" else "/dev/null"
        lines = unified_diff(
            self.present.splitlines(keepends=True),
            self.text.splitlines(keepends=True),
            before,
            f"b/{self.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written below `root`."""

    root: Path
    files: tuple[PlannedFile, ...]

    @property
    def conflicts(self) -> tuple[PlannedFile, ...]:
        """The files that are there with another text: they are never overwritten."""
        return tuple(file for file in self.files if file.verb == "conflict")

    @property
    def changes(self) -> tuple[PlannedFile, ...]:
        """The files that writing the plan makes."""
        return tuple(file for file in self.files if file.verb == "create")


def plan_files(root: Path, files: Iterable[NewFile]) -> Plan:
    """The plan that makes these files; reads what is there, writes nothing."""
    return Plan(root, tuple(_planned(root, file) for file in files))


def write(plan: Plan) -> None:
    """Make the files of the plan; when one cannot be made, none is.

    Raises PlatformError when a file is there with another text, also one that came since the plan
    was made.
    """
    if plan.conflicts:
        raise _in_the_way(plan.conflicts[0].path)
    drafts: list[tuple[Path, Path]] = []
    folders: list[Path] = []
    made: list[Path] = []
    try:
        for file in plan.changes:
            target = plan.root / file.path
            folders += make_folders(target.parent)
            drafts.append((draft_file(target.parent, file.text), target))
        for draft, target in drafts:
            _link(draft, target)
            made.append(target)
    except BaseException:
        for target in made:
            target.unlink(missing_ok=True)
        remove_drafts(draft for draft, _ in drafts)
        remove_folders(folders)
        raise
    remove_drafts(draft for draft, _ in drafts)


def _planned(root: Path, file: NewFile) -> PlannedFile:
    target = root / file.path
    if not os.path.lexists(target):
        return PlannedFile(file.path, file.text, "create", "")
    try:
        present = target.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        present = ""
    same = present == file.text
    return PlannedFile(file.path, file.text, "identical" if same else "conflict", present)


def _link(draft: Path, target: Path) -> None:
    """Give the draft its name; unlike a rename, a link never replaces a file."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise _in_the_way(target.name) from None
    except OSError:  # a file system without hard links
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            raise _in_the_way(target.name) from None
        draft.replace(target)


def _in_the_way(path: str) -> PlatformError:
    return PlatformError(
        f"{path} is there already, with another text",
        hint="nothing was written; choose another name, or move the file away",
        where=Where(path),
    )
