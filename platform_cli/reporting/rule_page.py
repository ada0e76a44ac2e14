"""What a report says about a rule itself."""

from __future__ import annotations

from msgspec import Struct

from platform_cli.reporting.diagnostic import Severity


class RulePage(Struct, frozen=True):
    """A rule that was applied: its sentence, and its whole page as Markdown."""

    name: str
    severity: Severity
    sentence: str
    page: str
