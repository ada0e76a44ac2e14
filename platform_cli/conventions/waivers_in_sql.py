"""Waivers in comments, for what the file defines:

-- waive: no-select-star, columns-documented until=2027-01-31 owner=growth reason="old feed"

`{# #}` and `/* */` do as well, and `#` in a Python model. Several rules have the same terms, and
each is a waiver of its own: the one that nothing needs is told alone. What stands in quotes is
no comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from platform_cli.conventions.quoted_places import is_quoted
from platform_cli.conventions.written_waiver import LAST_DAY, WrittenWaiver
from platform_cli.errors import Where
from platform_cli.project.resources import AnyResource

_FORM = '`-- waive: {} until={} owner=GROUP reason="..."`'

_IN_SQL = re.compile(
    r"--[ \t]*waive:(?P<line>[^\n]*)"
    r"|\{#-?\s*waive:(?P<jinja>.*?)-?#\}"
    r"|/\*\s*waive:(?P<block>.*?)\*/",
    re.DOTALL,
)
_IN_PYTHON = re.compile(r"#[ \t]*waive:(?P<line>[^\n]*)")
_TERM = re.compile(r"(?P<key>\w+)=(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"',]+)")
_RULE = re.compile(r"[^\s,]+")


def waiver_form(rule: str, until: str = LAST_DAY) -> str:
    """How a waiver of the rule is written."""
    return _FORM.format(rule, until)


def waivers_in_sql(
    resources: Iterable[AnyResource], files: Iterable[str], root: Path
) -> Iterator[WrittenWaiver]:
    """What the comments of these files waive for the resources that they define."""
    defined: dict[str, list[str]] = defaultdict(list)
    looked_for = set(files)
    if not looked_for:
        return
    for resource in resources:
        if resource.path in looked_for:
            defined[resource.path].append(resource.unique_id)
    for path in sorted(defined):
        yield from _of_file(path, (root / path), tuple(defined[path]))


def _of_file(path: str, file: Path, resources: tuple[str, ...]) -> Iterator[WrittenWaiver]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # the reader has said so
        return
    comments = list((_IN_PYTHON if path.endswith(".py") else _IN_SQL).finditer(text))
    quoted = is_quoted(text, path) if comments else None
    for comment in comments:
        group = str(comment.lastgroup)
        if quoted and group != "jinja" and quoted(comment.start()):
            continue
        yield from _of_comment(path, text, comment.start(), comment.span(group), resources)


def _of_comment(
    path: str, text: str, start: int, inside: tuple[int, int], resources: tuple[str, ...]
) -> Iterator[WrittenWaiver]:
    found = list(_TERM.finditer(text, *inside))
    terms = {one["key"]: one["value"].strip("\"'") for one in found}
    names = list(_RULE.finditer(text, inside[0], found[0].start() if found else inside[1]))
    rest = _TERM.sub(" ", text[found[0].start() : inside[1]]).split() if found else []
    unclear = ""
    if rest:
        unclear = f"the waiver has words that belong to nothing: {' '.join(rest)!r}"
    elif not names:
        unclear = "the waiver names no rule"
    for rule, at in [(one[0], one.start()) for one in names] or [("RULE", start)]:
        yield WrittenWaiver(
            rule=rule,
            terms=terms,
            place=partial(_place, path, text, at),
            resources=resources,
            form=waiver_form(rule),
            unclear=unclear,
        )


def _place(path: str, text: str, at: int) -> Where:
    return Where(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
