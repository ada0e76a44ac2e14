"""One finding, and how it reads on a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from click import style

from platform_cli.errors import PlatformError, Where

Severity = Literal["error", "warn", "info"]

COLOURS: dict[Severity, str] = {"error": "red", "warn": "yellow", "info": "cyan"}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: what (message), where, how bad, and what to do next (help).

    `name` is the rule's name, or empty for an error that no rule found. `resource` is a unique
    id and `anchor` the part of it (`column:id`): together they stay when lines move.
    """

    message: str
    severity: Severity = "error"
    name: str = ""
    where: Where | None = None
    help: str = ""
    resource: str = ""
    anchor: str = ""

    @property
    def subject(self) -> str:
        """The resource as people call it: `fct_flights`, `airports.airports`."""
        return ".".join(self.resource.split(".")[2:])


def from_error(error: PlatformError) -> Diagnostic:
    """The diagnostic that says what the error says."""
    return Diagnostic(message=error.message, where=error.where, help=error.hint)


def render(diagnostic: Diagnostic) -> str:
    """The finding as two to four lines, styled; no trailing newline."""
    label = diagnostic.severity + (f"[{diagnostic.name}]" if diagnostic.name else "")
    head = style(label, fg=COLOURS[diagnostic.severity], bold=True)
    lines = [f"{head}{style(':', bold=True)} {diagnostic.message}"]
    if diagnostic.where:
        lines.append(f"  {style('-->', fg='blue', bold=True)} {diagnostic.where}")
    lines += [f"  {style('help:', fg='green')} {line}" for line in diagnostic.help.splitlines()]
    return "\n".join(lines)
