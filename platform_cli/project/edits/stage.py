"""The project as it would be, in a folder of links: to be read, never to be built."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from platform_cli.project.edits.drafts import Change
from platform_cli.target_folder import target_folder


@contextmanager
def staged(root: Path, changes: Sequence[Change]) -> Iterator[Path]:
    """A folder that reads like the project after the changes, as long as the block lasts.

    What is not touched are links. The target folder is left out, so that nothing remembers it.
    """
    with tempfile.TemporaryDirectory(prefix="platform-fix-") as made:
        stage = Path(made) / root.name
        stage.mkdir()
        touched = {one.split("/", 1)[0] for change in changes for one in _paths(change)}
        for entry in os.scandir(root):
            if entry.name == ".git" or root / entry.name == target_folder(root):
                continue
            if entry.name in touched and entry.is_dir():
                _mirror(Path(entry.path), stage / entry.name)
            else:
                (stage / entry.name).symlink_to(entry.path)
        for name in _beside(root):
            (Path(made) / name).symlink_to(root.parent / name)
        for change in changes:
            _place(stage, change)
        yield stage


def _paths(change: Change) -> tuple[str, ...]:
    return tuple(one for one in (change.path, change.old_path) if one)


def _mirror(folder: Path, copy: Path) -> None:
    """Real folders (dbt does not follow links to folders) with links to the files."""
    copy.mkdir()
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            _mirror(Path(entry.path), copy / entry.name)
        else:
            (copy / entry.name).symlink_to(entry.path)


def _beside(root: Path) -> list[str]:
    """Names next to the project, for one that says `../macros` somewhere."""
    found: set[str] = set()
    for name in ("dbt_project.yml", "packages.yml", "dependencies.yml", "profiles.yml"):
        try:
            text = (root / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        names = set(re.findall(r"\.\./([^/\s\"'\]},]+)", text)) - {root.name, ".."}
        found |= {one for one in names if (root.parent / one).exists()}
    return sorted(found)


def _place(stage: Path, change: Change) -> None:
    if change.old_path or change.gone:
        (stage / (change.old_path or change.path)).unlink()
    if change.gone:
        return
    target = stage / change.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.write_bytes(change.after.encode("utf-8"))
