"""Files on their way: written beside their place, and given their name in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def draft_file(folder: Path, text: str, mode: int | None = None) -> Path:
    """A file in the folder that holds the text, its line ends as they are.

    Without a mode it is what a new file of this user would be. Raises OSError, and leaves nothing
    behind, when it cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=folder, prefix=".platform-", suffix=".tmp")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        # mkstemp makes files for the owner's eyes only; a project's files are the team's.
        draft.chmod(_usual_mode() if mode is None else mode)
    except OSError:  # a full disk has room for a name, but not for the text
        remove_drafts([draft])
        raise
    return draft


def remove_drafts(drafts: Iterable[Path]) -> None:
    """Remove those that are still there."""
    for draft in drafts:
        with suppress(OSError):
            draft.unlink()


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the ones that are new, topmost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def remove_folders(folders: list[Path]) -> None:
    """Take back what `make_folders` made, where nothing has come in since."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _usual_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
