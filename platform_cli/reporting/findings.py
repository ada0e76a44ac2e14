"""What a check found, and what it could not tell."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic


class NotTold(Struct, frozen=True):
    """A rule that said nothing about a resource, and why: only dbt can tell, or the rule failed."""

    rule: str
    resource: str
    reason: str


class Waived(Struct, frozen=True):
    """A finding that somebody has waived, and the terms; `where` is the waiver's own place."""

    diagnostic: Diagnostic
    until: date
    owner: str
    reason: str
    where: Where


class Findings(Struct, frozen=True):
    """The result of a check. `undecided` is neither a pass nor a finding.

    `baseline` counts what was found and is older than the rules.
    """

    diagnostics: tuple[Diagnostic, ...]
    resources: int
    rules: int
    waived: tuple[Waived, ...] = ()
    baseline: int = 0
    undecided: tuple[NotTold, ...] = ()
    failures: tuple[NotTold, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "error" for one in self.diagnostics)
