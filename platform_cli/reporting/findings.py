"""What a check found, and what it could not tell."""

from __future__ import annotations

from msgspec import Struct

from platform_cli.reporting.diagnostic import Diagnostic


class NotTold(Struct, frozen=True):
    """A rule that said nothing about a resource, and why: only dbt can tell, or the rule failed."""

    rule: str
    resource: str
    reason: str


class Findings(Struct, frozen=True):
    """The result of a check. `undecided` is neither a pass nor a finding."""

    diagnostics: tuple[Diagnostic, ...]
    resources: int
    rules: int
    waived: int = 0
    undecided: tuple[NotTold, ...] = ()
    failures: tuple[NotTold, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "error" for one in self.diagnostics)
