"""Findings as annotations on a pull request, in GitHub's workflow commands.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings

_LEVEL = {"error": "error", "warn": "warning", "info": "notice"}


def findings_as_github(findings: Findings, *, folder: str = "") -> str:
    """One annotation per finding. `folder` is the project's, from the repository's root."""
    lines = [_annotation(one, folder) for one in findings.diagnostics]
    lines += [
        f"::error title={_value(one.rule)}::{_text(f'the rule failed: {one.reason}')}"
        for one in findings.failures
    ]
    return "\n".join(lines)


def _annotation(one: Diagnostic, folder: str) -> str:
    values: dict[str, object] = {}
    if one.where:
        absolute = one.where.path.startswith("/")
        values["file"] = one.where.path if absolute else f"{folder}{one.where.path}"
        values["line"] = one.where.line or 1
        if one.where.column:
            values["col"] = one.where.column
    values["title"] = one.name or "platform"
    subject = f"{one.subject}: " if one.subject not in one.message else ""
    text = f"{subject}{one.message}" + (f"\n{one.help}" if one.help else "")
    properties = ",".join(f"{name}={_value(value)}" for name, value in values.items())
    return f"::{_LEVEL[one.severity]} {properties}::{_text(text)}"


def _text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(value: object) -> str:
    return _text(str(value)).replace(":", "%3A").replace(",", "%2C")
