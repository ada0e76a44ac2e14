"""Findings as JUnit XML, which nearly every CI service shows as tests.

A rule is a suite. Errors are failures; warnings pass and are in the output, for they do not fail
the check; what is waived or undecided is skipped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings
from platform_cli.reporting.rule_page import RulePage

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_READER = "platform"


def findings_as_junit(findings: Findings, rules: Sequence[RulePage], *, folder: str = "") -> str:
    """All rules as suites, those that found nothing with one case that passes.

    `folder` is the project's, from the repository's root.
    """
    suites: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rule in rules:
        suites[rule.name] = []
    for one in findings.diagnostics:
        suites[one.name or _OF_READER].append(_case(one, folder))
    for waived in findings.waived:
        terms = f"waived by {waived.owner} until {waived.until}: {waived.reason}"
        attributes = _attributes(waived.diagnostic, folder)
        skipped = f"<skipped message={_value(terms)}/>"
        suites[waived.diagnostic.name].append(("skipped", f"<testcase {attributes}>{skipped}"))
    for told, kind in (*((one, "skipped") for one in findings.undecided),
                       *((one, "error") for one in findings.failures)):  # fmt: skip
        name = f"classname={_value(told.rule)} name={_value(told.resource or told.rule)}"
        inside = f"<{kind} message={_value(told.reason)}/>"
        suites[told.rule].append((kind, f"<testcase {name}>{inside}"))
    for name, cases in suites.items():
        if not cases:
            cases.append(("", f'<testcase classname={_value(name)} name="every resource">'))
    inside = "\n".join(_suite(name, cases) for name, cases in suites.items())
    every = [case for cases in suites.values() for case in cases]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="platform check" {_counts(every)}>\n{inside}\n</testsuites>'
    )


def _suite(name: str, cases: list[tuple[str, str]]) -> str:
    inside = "\n".join(f"    {text}</testcase>" for _, text in cases)
    return f"  <testsuite name={_value(name)} {_counts(cases)}>\n{inside}\n  </testsuite>"


def _counts(cases: list[tuple[str, str]]) -> str:
    counts = {"tests": len(cases)}
    for plural, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counts[plural] = sum(one == kind for one, _ in cases)
    return " ".join(f'{name}="{number}"' for name, number in counts.items())


def _case(one: Diagnostic, folder: str) -> tuple[str, str]:
    text = "\n".join(part for part in (_where(one, folder), one.message, one.help) if part)
    start = f"<testcase {_attributes(one, folder)}>"
    if one.severity != "error":
        return "", f"{start}<system-out>{_text(f'{one.severity}: {text}')}</system-out>"
    attributes = f'message={_value(one.message)} type="{one.severity}"'
    return "failure", f"{start}<failure {attributes}>{_text(text)}</failure>"


def _attributes(one: Diagnostic, folder: str) -> str:
    part = one.anchor.partition(":")[2]
    name = ".".join(word for word in (one.subject, part) if word) or one.message
    values: dict[str, object] = {"classname": one.name or _OF_READER, "name": name}
    if one.where:
        values["file"] = _path(one, folder)
        values["line"] = one.where.line or 1
    return " ".join(f"{key}={_value(value)}" for key, value in values.items())


def _where(one: Diagnostic, folder: str) -> str:
    if not one.where:
        return ""
    parts = (_path(one, folder), one.where.line, one.where.column)
    return ":".join(str(part) for part in parts if part)


def _path(one: Diagnostic, folder: str) -> str:
    path = one.where.path if one.where else ""
    return path if path.startswith("/") else f"{folder}{path}"


def _text(value: str) -> str:
    return escape(_NOT_IN_XML.sub("?", value))


def _value(value: object) -> str:
    return quoteattr(_NOT_IN_XML.sub("?", str(value)))
