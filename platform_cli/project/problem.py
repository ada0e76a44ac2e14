"""Something wrong in the project that dbt would stop at or warn about."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from platform_cli.errors import PlatformError, Where

Kind = Literal[
    "access",
    "cycle",
    "duplicate",
    "duplicate-key",
    "file",
    "group",
    "jinja",
    "macro",
    "name",
    "package",
    "profile",
    "project",
    "properties-without-resource",
    "ref",
    "snapshot",
    "unknown-key",
    "yaml",
]
"""The sorts of problems; `check: problems:` in platform.yml goes by them."""


class Problem(Struct, frozen=True):
    """What is wrong, where, and what to do. `severity` is `error` where dbt stops.

    Of kind `macro`: where it stops at the node only, which it parses without a word.
    """

    message: str
    kind: Kind = "project"
    severity: Literal["error", "warn", "info"] = "error"
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    resource: str = ""
    missing: str = ""
    """The name (of its file, too) that something asks for and nothing has; none for a source."""

    @property
    def where(self) -> Where | None:
        """The place, None when the problem has none."""
        return Where(self.path, self.line or None, self.column or None) if self.path else None


def problem_of(error: PlatformError, kind: Kind) -> Problem:
    """An error as a problem."""
    where = error.where
    return Problem(
        message=error.message,
        kind=kind,
        path=where.path if where else "",
        line=(where.line or 0) if where else 0,
        column=(where.column or 0) if where else 0,
        hint=error.hint,
    )
