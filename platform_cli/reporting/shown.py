"""A file that a command writes, as it is shown."""

from __future__ import annotations

from typing import Protocol


class Shown(Protocol):
    """A file, and what becomes of it."""

    @property
    def path(self) -> str: ...
    @property
    def old_path(self) -> str: ...
    @property
    def verb(self) -> str: ...
    def diff(self) -> str: ...
