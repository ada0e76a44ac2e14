"""Findings for a terminal: grouped by file, counted at the end."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap

from click import style

from platform_cli.reporting.diagnostic import COLOURS, Diagnostic
from platform_cli.reporting.excerpt import Excerpts
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.reporting.repeated import repeated, thing

MOST = 10
"""Resources listed per rule among those that nothing was said about."""
WIDTH = 88
INDENT = " " * 10


def findings_as_text(
    findings: Findings,
    *,
    folder: str = "",
    excerpts: Excerpts | None = None,
    say_more: bool = False,
) -> str:
    """Only what was found, then the count. `folder` goes before the paths, so that they open.

    With `excerpts` the line itself is shown. `say_more` lists what only dbt can tell and what is
    waived as well, and all of what has one cause.
    """
    groups = repeated(findings.diagnostics)
    blocks = [
        _of_file(
            path if path.startswith("/") else f"{folder}{path}", list(found), excerpts, say_more
        )
        for path, found in groupby(groups, lambda group: _path(group[0]))
    ]
    if findings.failures:
        blocks.append(_not_told("rules that failed (a bug of the rule)", findings.failures))
    if say_more and findings.undecided:
        blocks.append(_not_told("undecided: only dbt can tell", findings.undecided))
    if say_more and findings.waived:
        blocks.append(_waived(findings.waived, folder))
    return "\n\n".join([*blocks, _summary(findings)])


def _path(one: Diagnostic) -> str:
    return one.where.path if one.where else ""


def _of_file(
    path: str, groups: list[list[Diagnostic]], excerpts: Excerpts | None, say_more: bool
) -> str:
    lines = [style(path, bold=True)]
    helped: set[tuple[str, str]] = set()
    for one, *others in groups:
        place = f"{one.where.line or 1}:{one.where.column or 1}" if one.where else ""
        label = one.severity + (f"[{one.name}]" if one.name else "")
        subject = f"{one.subject}: " if one.subject not in one.message else ""
        label = style(label, fg=COLOURS[one.severity], bold=True)
        lines.append(f"  {place:>6}  {label} {subject}{one.message}")
        shown = excerpts.of(one.where) if excerpts else []
        lines += [f"{INDENT}{style('|', fg='blue')} {_}" for _ in shown]
        lines += [f"{INDENT}{_}" for _ in _likewise(one, others, say_more)]
        # The same advice ten times in one file is noise.
        if one.help and (one.name, one.help) not in helped:
            helped.add((one.name, one.help))
            lines += [f"{INDENT}{style('help:', fg='green')} {_}" for _ in one.help.splitlines()]
    return "\n".join(lines)


def _likewise(one: Diagnostic, others: list[Diagnostic], say_more: bool) -> list[str]:
    """The other things with the same fault, with their lines."""
    if not others:
        return []
    shown = others if say_more else others[: 2 * MOST]
    names = []
    for other in shown:
        line = other.where.line if other.where else None
        name = thing(other, one) or "again"
        names.append(f"{name} ({line})" if line else name)
    rest = len(others) - len(shown)
    more = f", and {rest} more (-v lists them)" if rest else ""
    return wrap(f"and {len(others)} more: {', '.join(names)}{more}", WIDTH, break_long_words=False)


def _not_told(title: str, those: tuple[NotTold, ...]) -> str:
    lines = [style(title, bold=True)]
    for rule, group in groupby(sorted(those, key=lambda one: one.rule), lambda one: one.rule):
        several = list(group)
        lines += [f"  {rule}  {one.resource}: {one.reason}" for one in several[:MOST]]
        if len(several) > MOST:
            lines.append(f"  {rule}  ... and {len(several) - MOST} more resources")
    return "\n".join(lines)


def _waived(those: tuple[Waived, ...], folder: str) -> str:
    lines = [style("waived", bold=True)]
    for one in sorted(those, key=lambda one: (one.until, one.diagnostic.name)):
        found = one.diagnostic
        lines.append(f"  {found.name}  {found.subject}: {found.message}")
        place = one.where if one.where.path.startswith("/") else f"{folder}{one.where}"
        lines.append(f"{INDENT}until {one.until}, {one.owner}: {one.reason} ({place})")
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
    if findings.baseline:
        text += f"; {findings.baseline} in the baseline"
    if findings.waived:
        text += f"; {len(findings.waived)} waived"
    if findings.undecided:
        text += f"; {len(findings.undecided)} undecided"
    if findings.waived or findings.undecided:
        text += " (-v lists them)"
    if findings.failures:
        text += f"; {len(findings.failures)} not checked, because a rule failed"
    return text


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
