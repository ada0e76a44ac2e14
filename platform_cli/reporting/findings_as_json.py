"""Findings for programs: a versioned JSON document."""

from __future__ import annotations

import msgspec

from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.reporting.fingerprint import fingerprints

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def findings_as_json(findings: Findings) -> str:
    """Everything in `findings`; paths are relative to the project's root."""
    names = fingerprints(findings.diagnostics)
    document = {
        "version": VERSION,
        "findings": [
            {**_finding(one), "fingerprint": name}
            for one, name in zip(findings.diagnostics, names, strict=True)
        ],
        "waived": [_waived(one) for one in findings.waived],
        "undecided": [_not_told(one) for one in findings.undecided],
        "failures": [_not_told(one) for one in findings.failures],
        "summary": {
            "resources": findings.resources,
            "rules": findings.rules,
            "errors": findings.errors,
            "warnings": sum(one.severity == "warn" for one in findings.diagnostics),
            "infos": sum(one.severity == "info" for one in findings.diagnostics),
            "waived": len(findings.waived),
            "baseline": findings.baseline,
            "undecided": len(findings.undecided),
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _finding(one: Diagnostic) -> dict[str, object]:
    return {
        "rule": one.name or None,
        "severity": one.severity,
        "message": one.message,
        "help": one.help or None,
        "path": one.where.path if one.where else None,
        "line": one.where.line if one.where else None,
        "column": one.where.column if one.where else None,
        "resource": one.resource or None,
        "anchor": one.anchor or None,
    }


def _waived(one: Waived) -> dict[str, object]:
    return {
        **_finding(one.diagnostic),
        "waiver": {
            "until": one.until,
            "owner": one.owner,
            "reason": one.reason,
            "path": one.where.path,
            "line": one.where.line,
            "column": one.where.column,
        },
    }


def _not_told(one: NotTold) -> dict[str, str]:
    return {"rule": one.rule, "resource": one.resource, "reason": one.reason}
