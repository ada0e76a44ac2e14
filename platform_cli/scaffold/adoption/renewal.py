"""What becomes of the platform's files in a project when another version of it comes.

Three texts decide about each: what was written, what is there, and what this version would write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from platform_cli.project.edits.drafts import Change
from platform_cli.project.snapshot_override import OVERRIDE
from platform_cli.scaffold.adoption.files import Stays, Untouched, text_of
from platform_cli.scaffold.adoption.repository_files import workflow
from platform_cli.scaffold.adoption.surroundings import Surroundings
from platform_cli.scaffold.adoption.vendored import (
    PACKAGE_FOLDER,
    Lock,
    fingerprint,
    is_workflow,
    mine,
    package_files,
    renewed,
)


@dataclass(frozen=True, slots=True)
class Renewal:
    """What changes, what stays, and the hashes of what is there afterwards."""

    changes: tuple[Change, ...]
    untouched: tuple[Untouched, ...]
    files: Mapping[str, str]


def renewal(root: Path, lock: Lock, place: Surroundings) -> Renewal:
    """The platform's files in this project against those of this version; nothing is written.

    A file that a person edited is kept where this version would write what the last one wrote, and
    a conflict otherwise. What was taken away outside of the macros package stays away.

    Raises PlatformError for one that cannot be read as text.
    """
    ours = dict(_ours(root, lock, place))
    changes: list[Change] = []
    untouched: list[Untouched] = []
    files: dict[str, str] = {}
    for path in sorted(ours.keys() | lock.files.keys()):
        present = text_of(root, path)
        new, base = ours.get(path), lock.files.get(path)
        if new is not None and (present is not None or _in_package(path)):
            files[path] = fingerprint(path, new)
        found = _fate(path, present, new, base)
        if isinstance(found, Change):
            changes.append(found)
        elif found is not None:
            untouched.append(found)
    return Renewal(tuple(changes), tuple(untouched), files)


def _fate(
    path: str, present: str | None, new: str | None, base: str | None
) -> Change | Untouched | None:
    if present is None:
        return Change(path, None, new) if new is not None and _in_package(path) else None
    now = fingerprint(path, present)
    if new is None:
        gone = Change(path, present, "", gone=True)
        return gone if now == base else Untouched(path, "conflict", present)
    if now == fingerprint(path, new):
        return Untouched(path, "identical")
    if now == base:
        return Change(path, present, renewed(path, present, new))
    verb: Stays = "kept" if base == fingerprint(path, new) else "conflict"
    return Untouched(path, verb, present, renewed(path, present, new))


def _ours(root: Path, lock: Lock, place: Surroundings) -> Iterator[tuple[str, str]]:
    """What this version would write where the last one wrote something."""
    if any(_in_package(path) for path in lock.files):
        yield from package_files().items()
    for path in lock.files:
        if is_workflow(path):
            steps = mine(path, text_of(root, path) or "")
            text = workflow(place, builds=" build\n" in steps, deps="dbt deps" in steps)
            yield path, text
        elif not _in_package(path):
            yield path, OVERRIDE


def _in_package(path: str) -> bool:
    return path.startswith(f"{PACKAGE_FOLDER}/")
