"""Findings as a report for GitLab's Code Quality.

https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import msgspec

from platform_cli.reporting.diagnostic import Diagnostic, Severity
from platform_cli.reporting.findings import Findings
from platform_cli.reporting.fingerprint import fingerprints

_SEVERITY: dict[Severity, str] = {"error": "major", "warn": "minor", "info": "info"}


def findings_as_gitlab(findings: Findings, *, folder: str = "") -> str:
    """One entry per finding. `folder` is the project's, from the repository's root."""
    names = fingerprints(findings.diagnostics)
    entries = [
        _entry(one, name, folder) for one, name in zip(findings.diagnostics, names, strict=True)
    ]
    entries += [
        {
            "description": f"the rule failed: {one.reason}",
            "check_name": one.rule,
            "fingerprint": f"{one.rule} {one.resource}",
            "severity": "critical",
            "location": {"path": f"{folder}dbt_project.yml", "lines": {"begin": 1}},
        }
        for one in findings.failures
    ]
    return msgspec.json.format(msgspec.json.encode(entries), indent=2).decode()


def _entry(one: Diagnostic, name: str, folder: str) -> dict[str, object]:
    path = one.where.path if one.where else "dbt_project.yml"
    subject = f"{one.subject}: " if one.subject not in one.message else ""
    return {
        "description": f"{subject}{one.message}",
        "check_name": one.name or "platform",
        "fingerprint": name,
        "severity": _SEVERITY[one.severity],
        "location": {
            "path": path if path.startswith("/") else f"{folder}{path}",
            "lines": {"begin": (one.where.line if one.where else None) or 1},
        },
    }
