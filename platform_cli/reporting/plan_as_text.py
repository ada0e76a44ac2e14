"""Files about to be written, one line each, with a diff if wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from click import style

_COLOURS = {"create": "green", "update": "yellow", "identical": "cyan", "conflict": "red"}


class _File(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def verb(self) -> str: ...
    def diff(self) -> str: ...


def plan_as_text(files: Sequence[_File], *, with_diff: bool) -> str:
    """`create models/...`, below the unified diff of each file that is not there yet."""
    lines = []
    if with_diff:
        lines += [_coloured(line) for file in files for line in file.diff().splitlines()]
    lines += [f"{style(f'{one.verb:>9}', fg=_COLOURS[one.verb])}  {one.path}" for one in files]
    return "\n".join(lines)


def _coloured(line: str) -> str:
    if line.startswith(("+++", "---")):
        return style(line, bold=True)
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return style(line, fg=colour) if colour else line
