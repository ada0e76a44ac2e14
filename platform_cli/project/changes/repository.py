"""The git repository that a project lies in, asked through git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from platform_cli.errors import ExitCode, PlatformError, did_you_mean

_USUAL_BASES = ("origin/main", "origin/master", "main", "master")


class Repository:
    """One repository; `project` is the folder of the dbt project in it."""

    def __init__(self, project: Path) -> None:
        """Raises PlatformError when there is no git, or no repository."""
        self._project = project
        top = self._ask("rev-parse", "--show-toplevel")
        if top is None:
            raise PlatformError(
                f"--changed: {project} is in no git repository",
                hint="leave --changed out to check everything, or make it one: git init",
            )
        self.top = Path(top.strip())

    def merge_base(self, base: str | None) -> tuple[str, str]:
        """Where this branch left `base`, or the default branch: the commit, and base's name.

        Before the first commit it is git's empty tree, for HEAD and the default branch.

        Raises PlatformError when there is no such branch or commit (with near names), or none
        that this history has in common with it, as in a shallow clone.
        """
        if self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
            if base not in {None, "HEAD"}:
                raise PlatformError(
                    "--changed: there is no commit yet to compare with",
                    hint="leave its value out: everything is new",
                )
            return self._must("hash-object", "-t", "tree", "--stdin").strip(), "the beginning"
        name = base or self._default_branch()
        if self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") is None:
            raise PlatformError(
                f"--changed: git knows no branch, tag or commit {name!r}",
                hint=did_you_mean(name, self._names())
                or self._shallow_hint()
                or f"fetch it first: git fetch origin {name}",
            )
        found = self._ask("merge-base", "HEAD", name)
        if found is None:
            raise PlatformError(
                f"--changed: this history has nothing in common with {name}",
                hint=self._shallow_hint() or "name another base: --changed BRANCH",
            )
        return found.strip(), name

    def changed(self, commit: str) -> set[Path]:
        """The files that are not as in the commit: edited, new, untracked or gone."""
        listed = (
            self._must("diff", "--name-only", "--no-renames", "-z", commit),
            self._must("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"),
        )
        return {self.top / name for names in listed for name in names.split("\0") if name}

    def files(self, commit: str) -> list[str]:
        """The files of the project in the commit, relative to the project."""
        listed = self._must("ls-tree", "-r", "-z", "--name-only", commit, ".")
        return [name for name in listed.split("\0") if name]

    def read(self, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The content of files (relative to the project) in the commit; without those not there."""
        wanted = [path for path in paths if "\n" not in path]
        asked = "".join(
            f"{commit}:{path if path.startswith('../') else f'./{path}'}\n" for path in wanted
        )
        done = run_git(
            self._project, ["cat-file", "--batch"], asked.encode("utf-8", "surrogateescape")
        )
        answer, found, at = done.stdout, {}, 0
        for path in wanted:
            end = answer.index(b"\n", at)
            said = answer[at:end].split(b" ")
            at = end + 1
            if said[-1] == b"missing" or len(said) < 3:  # noqa: PLR2004  (id, kind, size)
                continue
            size = int(said[-1])
            if said[-2] == b"blob":
                found[path] = answer[at : at + size]
            at += size + 1
        return found

    def _default_branch(self) -> str:
        if said := self._ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"):
            return said.strip()
        known = set(self._names())
        for name in _USUAL_BASES:
            if name in known:
                return name
        raise PlatformError(
            "--changed: git does not tell which branch is the default one",
            hint="name what to compare with: --changed BRANCH"
            + (f" (known: {', '.join(sorted(known)[:8])})" if known else ""),
        )

    def _names(self) -> list[str]:
        listed = self._ask(
            "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes"
        )
        return (listed or "").split()

    def _shallow_hint(self) -> str:
        if (self._ask("rev-parse", "--is-shallow-repository") or "").strip() != "true":
            return ""
        return (
            "this clone is shallow, the base is not in it: git fetch --unshallow origin (in GitHub "
            "Actions: `fetch-depth: 0` for actions/checkout)"
        )

    def _must(self, *arguments: str) -> str:
        done = run_git(self._project, arguments)
        if done.returncode:
            raise PlatformError(
                f"--changed: git {arguments[0]} failed: {_first_line(done.stderr)}",
                hint="look at it with git status; or leave --changed out",
                exit_code=ExitCode.ENVIRONMENT,
            )
        return os.fsdecode(done.stdout)

    def _ask(self, *arguments: str) -> str | None:
        done = run_git(self._project, arguments)
        said = done.stderr.decode(errors="replace")
        if done.returncode and "dubious ownership" in said:
            raise PlatformError(
                "--changed: git does not trust this repository: it belongs to another user",
                hint=f"git config --global --add safe.directory '{self._project}' (or its top)",
                exit_code=ExitCode.ENVIRONMENT,
            )
        return os.fsdecode(done.stdout) if not done.returncode else None


def _first_line(said: bytes) -> str:
    return said.decode(errors="replace").strip().partition("\n")[0]


def run_git(
    folder: Path, arguments: Iterable[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """What git answered, in this folder.

    Raises PlatformError when there is no git on this machine.
    """
    # A hook of git sets these for its own repository, and they go before the folder.
    ours = {name: value for name, value in os.environ.items() if name != "GIT_DIR"}
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={**ours, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError:
        raise PlatformError(
            "--changed asks git, and there is no git on this machine",
            hint="install git, or leave --changed out",
            exit_code=ExitCode.ENVIRONMENT,
        ) from None
