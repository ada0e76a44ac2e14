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
from platform_cli.project.edits.drafts import Change
from platform_cli.project.edits.write import write_changes

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

    def diff(self) -> str:
        """What would change, as a unified diff; empty when nothing does."""
        before = "/dev/null" if self.verb == "create" else f"a/{self.path}"
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
        return tuple(file for file in self.files if file.verb in ("create", "update"))


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
    if any(file.verb == "update" for file in plan.changes):
        # Updates are made by replacing, new files here too: all of them, or none.
        before = {"create": None}
        write_changes(
            plan.root,
            [
                Change(file.path, before.get(file.verb, file.present), file.text)
                for file in plan.changes
            ],
        )
        return
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
