"""What fixes make of files, one line each, with a diff if wanted."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from click import style

from platform_cli.reporting.findings_as_text import count
from platform_cli.reporting.shown import Shown

_COLOURS = {
    "create": "green", "update": "cyan", "rename": "magenta", "delete": "red",
    "identical": None, "kept": None, "conflict": "red",
}  # fmt: skip


def fixes_as_text(
    changes: Sequence[Shown], rules: Mapping[str, Sequence[str]], *, folder: str, with_diff: bool
) -> str:
    """`update models/x.yml  model-has-owner`: each file, and the rules it is changed for."""
    lines = [_coloured(line) for one in changes if with_diff for line in one.diff().splitlines()]
    width = max((len(_path(one, folder)) for one in changes), default=0)
    lines += [
        f"{style(one.verb, fg=_COLOURS[one.verb])}  {_path(one, folder):{width}}"
        f"  {', '.join(rules.get(one.path, ()))}".rstrip()
        for one in changes
    ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files of a folder that share a fate."""

    path: str
    verb: str
    old_path: str = ""

    def diff(self) -> str:
        return ""


def as_one(files: Sequence[Shown], folders: Sequence[str]) -> list[Shown]:
    """The files, those of one of these folders as a line for each verb; conflicts stay single.

    A file that is named itself keeps its line, and loses its diff.
    """
    found: list[Shown] = []
    counted: dict[tuple[str, str], int] = {}
    for one in files:
        folder = next((name for name in folders if one.path.startswith(name)), "")
        if folder and one.verb != "conflict":
            counted[folder, one.verb] = counted.get((folder, one.verb), 0) + 1
        else:
            found.append(one)
    found += [
        _Folder(f"{folder} ({count(number, 'file')})" if folder.endswith("/") else folder, verb)
        for (folder, verb), number in counted.items()
    ]
    return found


def fixed_summary(fixed: int, files: int, *, written: bool) -> str:
    """`fixed 3 findings in 2 files`, or what would be."""
    if not fixed:
        return "nothing to fix"
    words = "fixed" if written else "would fix"
    return f"{words} {count(fixed, 'finding')} in {count(files, 'file')}"


def _path(change: Shown, folder: str) -> str:
    arrow = f"{_from_here(folder, change.old_path)} -> " if change.old_path else ""
    return f"{arrow}{_from_here(folder, change.path)}"


def _from_here(folder: str, path: str) -> str:
    """`../models/x.yml` may be a file of the current folder."""
    if not folder.startswith(".."):
        return f"{folder}{path}"
    short = os.path.relpath(f"{folder}{path}").replace(os.sep, "/")
    return f"{short}/" if path.endswith("/") else short


def _coloured(line: str) -> str:
    if line.startswith(("+++", "---")):
        return style(line, bold=True)
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return style(line, fg=colour) if colour else line
