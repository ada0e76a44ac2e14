"""Findings as SARIF 2.1.0, which code scanning services and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from platform_cli import __version__
from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic, Severity
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.reporting.fingerprint import fingerprints
from platform_cli.reporting.rule_page import RulePage

FINGERPRINT = "ruleResourceAnchor/v1"
_LEVEL: dict[Severity, str] = {"error": "error", "warn": "warning", "info": "note"}
_OF_READER = "platform"
"""The rule of what no rule found."""


def findings_as_sarif(findings: Findings, rules: Sequence[RulePage], *, folder: str = "") -> str:
    """One run with the rules, the findings, and the waived ones as suppressed.

    `folder` is the project's, from the repository's root.
    """
    every = [*findings.diagnostics, *(one.diagnostic for one in findings.waived)]
    descriptions = {one.name: _rule(one) for one in rules}
    for one in every:
        descriptions.setdefault(one.name or _OF_READER, {"id": one.name or _OF_READER})
    index = {name: number for number, name in enumerate(descriptions)}
    results = [
        _result(one, name, index, folder)
        for one, name in zip(every, fingerprints(every), strict=True)
    ]
    for result, waived in zip(results[len(findings.diagnostics) :], findings.waived, strict=True):
        result["suppressions"] = [_suppression(waived, folder)]
    run = {
        "tool": {
            "driver": {
                "name": "platform",
                "version": __version__,
                "rules": list(descriptions.values()),
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not findings.failures,
                "toolExecutionNotifications": [_failure(one) for one in findings.failures],
            }
        ],
        "results": results,
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _rule(one: RulePage) -> dict[str, Any]:
    return {
        "id": one.name,
        "shortDescription": {"text": one.sentence},
        "help": {"text": one.page, "markdown": one.page},
        "defaultConfiguration": {"level": _LEVEL[one.severity]},
    }


def _result(
    one: Diagnostic, fingerprint: str, index: dict[str, int], folder: str
) -> dict[str, Any]:
    rule = one.name or _OF_READER
    subject = f"{one.subject}: " if one.subject not in one.message else ""
    result: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "level": _LEVEL[one.severity],
        "message": {"text": f"{subject}{one.message}" + (f"\n{one.help}" if one.help else "")},
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    location: dict[str, Any] = {}
    if one.where:
        location["physicalLocation"] = _place(one.where, folder)
    if one.resource:
        name = ".".join(part for part in (one.resource, one.anchor.partition(":")[2]) if part)
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    if location:
        result["locations"] = [location]
    return result


def _place(where: Where, folder: str) -> dict[str, Any]:
    if where.path.startswith("/"):
        artifact = {"uri": f"file://{quote(where.path)}"}
    else:
        artifact = {"uri": quote(f"{folder}{where.path}"), "uriBaseId": "%SRCROOT%"}
    region = {"startLine": where.line or 1}
    if where.column:
        region["startColumn"] = where.column
    return {"artifactLocation": artifact, "region": region}


def _suppression(one: Waived, folder: str) -> dict[str, Any]:
    return {
        "kind": "external" if one.where.path == "waivers.yml" else "inSource",
        "status": "accepted",
        "justification": f"{one.reason} ({one.owner}, until {one.until})",
        "location": {"physicalLocation": _place(one.where, folder)},
    }


def _failure(one: NotTold) -> dict[str, Any]:
    about = f" about {one.resource}" if one.resource else ""
    return {
        "level": "error",
        "message": {"text": f"the rule {one.rule} failed{about}: {one.reason}"},
    }
