"""Findings for a terminal: grouped by file, counted at the end."""

from __future__ import annotations

from itertools import groupby

from click import style

from platform_cli.reporting.diagnostic import COLOURS, Diagnostic
from platform_cli.reporting.findings import Findings, NotTold

MOST = 10
"""Resources listed per rule among those that nothing was said about."""


def findings_as_text(findings: Findings, *, folder: str = "", say_more: bool = False) -> str:
    """Only what was found, then the count. `folder` goes before the paths, so that they open.

    `say_more` lists what only dbt can tell as well.
    """
    blocks = [
        _of_file(path if path.startswith("/") else f"{folder}{path}", list(found))
        for path, found in groupby(findings.diagnostics, _path)
    ]
    if findings.failures:
        blocks.append(_not_told("rules that failed (a bug of the rule)", findings.failures))
    if say_more and findings.undecided:
        blocks.append(_not_told("undecided: only dbt can tell", findings.undecided))
    return "\n\n".join([*blocks, _summary(findings)])


def _path(one: Diagnostic) -> str:
    return one.where.path if one.where else ""


def _of_file(path: str, found: list[Diagnostic]) -> str:
    lines = [style(path, bold=True)]
    helped: set[tuple[str, str]] = set()
    for one in found:
        place = f"{one.where.line or 1}:{one.where.column or 1}" if one.where else ""
        label = one.severity + (f"[{one.name}]" if one.name else "")
        subject = f"{one.subject}: " if one.subject not in one.message else ""
        label = style(label, fg=COLOURS[one.severity], bold=True)
        lines.append(f"  {place:>6}  {label} {subject}{one.message}")
        # The same advice ten times in one file is noise.
        if one.help and (one.name, one.help) not in helped:
            helped.add((one.name, one.help))
            lines += [f"          {style('help:', fg='green')} {_}" for _ in one.help.splitlines()]
    return "\n".join(lines)


def _not_told(title: str, those: tuple[NotTold, ...]) -> str:
    lines = [style(title, bold=True)]
    for rule, group in groupby(sorted(those, key=lambda one: one.rule), lambda one: one.rule):
        several = list(group)
        lines += [f"  {rule}  {one.resource}: {one.reason}" for one in several[:MOST]]
        if len(several) > MOST:
            lines.append(f"  {rule}  ... and {len(several) - MOST} more resources")
    return "\n".join(lines)


def _summary(findings: Findings) -> str:
    counts = {
        severity: sum(one.severity == severity for one in findings.diagnostics)
        for severity in COLOURS
    }
    words = {"error": "error", "warn": "warning", "info": "remark"}
    found = [
        style(count(number, words[severity]), fg=COLOURS[severity], bold=True)
        for severity, number in counts.items()
        if number
    ]
    text = ", ".join(found) if found else style("no findings", fg="green", bold=True)
    text += f" in {count(findings.resources, 'resource')} ({count(findings.rules, 'rule')})"
    if findings.waived:
        text += f"; {len(findings.waived)} waived"
    if findings.baseline:
        text += f"; {findings.baseline} in the baseline"
    if findings.undecided:
        text += f"; {len(findings.undecided)} undecided (-v lists them)"
    if findings.failures:
        text += f"; {len(findings.failures)} not checked, because a rule failed"
    return text


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
