"""Changed files, written all or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.draft_files import (
    draft_file,
    make_folders,
    remove_drafts,
    remove_folders,
)
from platform_cli.project.edits.drafts import Change

_OF_THE_MACHINE = (errno.ENOSPC, errno.EROFS)
"""A full disk and a read-only one are not the project's fault: the command's border says so."""


def write_changes(root: Path, changes: Sequence[Change]) -> None:
    """Give the files their new texts and names; each is replaced in one step.

    Raises PlatformError, and changes nothing, when a file is no longer what it was when it was
    read, when something is in the way of a new one, or when one cannot be written; OSError when
    the disk is full or read-only.
    """
    drafts: list[tuple[Path, Path, Change]] = []
    folders: list[Path] = []
    done: list[tuple[Path, Change]] = []
    try:
        for change in changes:
            _check(root, change)
        for change in changes:
            if change.gone:
                continue
            # A file that is a link stays one.
            target = Path(os.path.realpath(root / change.path))
            folders += make_folders(target.parent)
            draft = draft_file(target.parent, change.after, _mode(root, change))
            drafts.append((draft, target, change))
        for draft, target, change in drafts:
            draft.replace(target)
            done.append((target, change))
        for change in changes:
            if change.old_path or change.gone:
                (root / (change.old_path or change.path)).unlink()
                if change.gone:
                    done.append((root / change.path, change))
    except BaseException as error:
        _undo(root, done)
        remove_drafts(draft for draft, _, _ in drafts)
        remove_folders(folders)
        if isinstance(error, OSError) and error.errno not in _OF_THE_MACHINE:
            raise PlatformError(
                f"cannot write {error.filename or 'a file'}: {error.strerror or error}",
                hint="nothing was changed; look at the owner and mode of the folder",
            ) from error
        raise


def _check(root: Path, change: Change) -> None:
    path = change.old_path or change.path
    if _now(root / path) != change.before:
        raise PlatformError(
            f"{path} changed while it was being fixed",
            hint="nothing was written; run the command again",
            where=Where(path),
        )
    if change.old_path and os.path.lexists(root / change.path):
        raise PlatformError(
            f"{change.path} is there already",
            hint="nothing was written; move the file away",
            where=Where(change.path),
        )


def _now(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return ""


def _mode(root: Path, change: Change) -> int | None:
    if change.before is None:
        return None
    return stat.S_IMODE((root / (change.old_path or change.path)).stat().st_mode)


def _undo(root: Path, done: Iterable[tuple[Path, Change]]) -> None:
    for target, change in done:
        with suppress(OSError):
            if change.before is None or change.old_path:
                target.unlink(missing_ok=True)
            if change.before is not None:
                path = root / (change.old_path or change.path)
                path.write_bytes(change.before.encode("utf-8"))
