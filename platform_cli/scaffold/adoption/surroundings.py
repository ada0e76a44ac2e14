"""Where the project lies: its repository, and what git knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platform_cli.errors import PlatformError
from platform_cli.project.changes.repository import run_git


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`base` is the top of the repository, or the project's own folder where there is none.

    `prefix` leads from there to the project (`transform/`, or empty).
    """

    root: Path
    base: Path
    in_git: bool
    branch: str = "main"
    email: str = ""

    @property
    def prefix(self) -> str:
        """From `base` to the project's root, with a slash at its end; empty when they are one."""
        inner = self.root.relative_to(self.base).as_posix()
        return "" if inner == "." else f"{inner}/"

    @property
    def other_ci(self) -> str:
        """The file of another CI system than GitHub's, where there is one and no workflow."""
        if (self.base / ".github" / "workflows").is_dir():
            return ""
        names = (".gitlab-ci.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "Jenkinsfile")
        return next((one for one in names if (self.base / one).is_file()), "")

    def ignored(self, path: str) -> bool:
        """Whether git would ignore this path (from the project's root)."""
        if not self.in_git or not self.root.is_dir():
            return False
        return run_git(self.root, ["check-ignore", "--quiet", path]).returncode == 0


def surroundings(root: Path) -> Surroundings:
    """Of the project in this folder, which need not be there yet."""
    there = next(one for one in (root, *root.parents) if one.is_dir())
    try:
        top = run_git(there, ["rev-parse", "--show-toplevel"])
    except PlatformError:
        return Surroundings(root, root, in_git=False)
    email = run_git(there, ["config", "user.email"]).stdout.decode(errors="replace").strip()
    if top.returncode:
        return Surroundings(root, root, in_git=False, email=email)
    base = Path(top.stdout.decode().rstrip("\n")).resolve()
    head = run_git(there, ["symbolic-ref", "--short", "refs/remotes/origin/HEAD"])
    branch = head.stdout.decode().strip().partition("/")[2] if head.returncode == 0 else "main"
    inside = root.resolve()
    if not inside.is_relative_to(base):
        return Surroundings(root, root, in_git=False, email=email)
    return Surroundings(inside, base, in_git=True, branch=branch, email=email)
