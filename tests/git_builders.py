"""Real git repositories, made by git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_WHO = {
    **{
        f"GIT_{who}_{what}": "ada@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("EMAIL", "NAME")
    },
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    """What git prints, in this folder, with nobody's settings."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | _WHO,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "change") -> str:
    """Everything in the folder, committed; the first time a repository with the branch `main`."""
    if not any((one / ".git").exists() for one in (folder, *folder.parents)):
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")
