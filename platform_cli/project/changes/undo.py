"""Whether git could undo what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from platform_cli.errors import PlatformError
from platform_cli.project.changes.repository import run_git


def why_not_undone(project: Path, gone: Iterable[str]) -> str:
    """Why git could not bring back the project as it is now; empty when it can.

    `gone` are the files that will be deleted: of them it has to know the text of today.
    """
    try:
        inside = run_git(project, ["rev-parse", "--is-inside-work-tree"])
    except PlatformError:
        return "there is no git on this machine"
    if inside.returncode:
        return "this folder is in no git repository"
    paths = sorted(gone)
    if not paths:
        return ""
    tracked = run_git(project, ["ls-files", "-z", "--", *paths]).stdout
    known = set(os.fsdecode(tracked).split("\0"))
    if unknown := [path for path in paths if path not in known]:
        return f"git does not know {unknown[0]}"
    changed = run_git(project, ["status", "--porcelain", "-z", "--", *paths]).stdout
    if changed:
        return f"{os.fsdecode(changed).split(chr(0))[0][3:]} has changes that are not committed"
    return ""
