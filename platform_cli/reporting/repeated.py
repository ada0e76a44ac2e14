"""Findings that say the same of several things: twenty columns without a description are one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from platform_cli.reporting.diagnostic import Diagnostic


def repeated(diagnostics: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """The findings, those of one cause in one file together, in the order of the first ones.

    One cause is the same rule, severity and words, but for the name of what it is about.
    """
    groups: dict[tuple[str, ...], list[Diagnostic]] = {}
    for one in diagnostics:
        path = one.where.path if one.where else ""
        key = (path, one.severity, one.name, _words(one, one.message), _words(one, one.help))
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def thing(one: Diagnostic, beside: Diagnostic) -> str:
    """The name of what a finding is about, as short as it can be beside another one."""
    part = _part(one)
    if one.resource == beside.resource and part:
        return part
    return f"{one.subject}.{part}" if part and one.subject else one.subject or part


def _part(one: Diagnostic) -> str:
    return one.anchor.partition(":")[2]


def _words(one: Diagnostic, text: str) -> str:
    for name in (_part(one), one.subject):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\0", text)
    return text
