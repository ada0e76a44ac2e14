"""What a user is told when something is wrong. Imports nothing of the package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExitCode(IntEnum):
    """What the process returns to the shell."""

    OK = 0
    FINDINGS = 1
    """Violations, failed nodes or failed tests."""
    USAGE = 2
    """Used wrongly, misconfigured, or nothing selected."""
    ENVIRONMENT = 3
    """The environment (disk, lock, versions) or a bug."""
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. Lines and columns count from 1; None is unknown."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class PlatformError(Exception):
    """Something a user can put right: what is wrong, where, and what to do next."""

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        where: Where | None = None,
        exit_code: ExitCode = ExitCode.USAGE,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        self.exit_code = exit_code


def near_names(wrong: str, known: Iterable[str]) -> list[str]:
    """The known names nearest to a wrong one, whatever the case of their letters; at most three."""
    from difflib import get_close_matches  # most commands have nobody to help

    spelled: dict[str, list[str]] = {}
    for name in dict.fromkeys(known):
        spelled.setdefault(name.lower(), []).append(name)
    near = get_close_matches(wrong.lower(), list(spelled), n=3, cutoff=0.6)
    return [name for key in near for name in spelled[key]][:3]


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known names, or an empty string when none is near."""
    near = near_names(wrong, known)
    return f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
