"""One thing `platform doctor` looked at, and how it reads on a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from click import style

Verdict = Literal["ok", "warn", "error"]

_COLOURS: dict[Verdict, str] = {"ok": "green", "warn": "yellow", "error": "red"}


@dataclass(frozen=True, slots=True)
class Observation:
    """What was looked at (subject) and found (message); for a fault why it matters and the fix.

    `fix` is a command or one sentence. Both are empty when all is well.
    """

    subject: str
    message: str
    verdict: Verdict = "ok"
    why: str = ""
    fix: str = ""


def render(observation: Observation) -> str:
    """The observation as one line, or up to four for a fault, styled; no trailing newline."""
    verdict = style(f"{observation.verdict:<5}", fg=_COLOURS[observation.verdict], bold=True)
    lines = [f"{verdict} {observation.subject}: {observation.message}"]
    if observation.why:
        lines.append(f"      why: {observation.why}")
    lines += [f"      {style('fix:', fg='green')} {line}" for line in observation.fix.splitlines()]
    return "\n".join(lines)
