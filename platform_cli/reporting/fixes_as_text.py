"""What fixes make of files, one line each, with a diff if wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from click import style

from platform_cli.reporting.findings_as_text import count

_COLOURS = {"create": "green", "update": "cyan", "rename": "magenta", "delete": "red"}


class _Change(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def old_path(self) -> str: ...
    @property
    def verb(self) -> str: ...
    def diff(self) -> str: ...


def fixes_as_text(
    changes: Sequence[_Change], rules: Mapping[str, Sequence[str]], *, folder: str, with_diff: bool
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


def fixed_summary(fixed: int, files: int, *, written: bool) -> str:
    """`fixed 3 findings in 2 files`, or what would be."""
    if not fixed:
        return "nothing to fix"
    words = "fixed" if written else "would fix"
    return f"{words} {count(fixed, 'finding')} in {count(files, 'file')}"


def _path(change: _Change, folder: str) -> str:
    arrow = f"{folder}{change.old_path} -> " if change.old_path else ""
    return f"{arrow}{folder}{change.path}"


def _coloured(line: str) -> str:
    if line.startswith(("+++", "---")):
        return style(line, bold=True)
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return style(line, fg=colour) if colour else line
