"""Fix: no-select-star."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix, offset
from platform_cli.project.edits.edit import Edit, ReplaceText
from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic

STAR = re.compile(r"\*(?!\s*(?:exclude|except|replace|rename)\b)", re.IGNORECASE)
BEFORE = re.compile(r"\bselect(?:\s+distinct)?\s+(?P<of>(?:\w+|\"[^\"]+\")\.)?$", re.IGNORECASE)
SHORT = 60
"""A list that is no longer stays on its line."""


@fix()
def no_select_star(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The columns that DuckDB finds there now, in their order."""
    text = scene.text(model.path)
    at = offset(text, finding.where)
    star = STAR.match(text, at)
    before = BEFORE.search(text[:at])
    after = re.match(r"\s+from\b", text[star.end() :], re.IGNORECASE) if star else None
    if star is None or before is None or after is None:
        raise SuggestedError("the star is not all that is selected there")
    columns = scene.built.columns(model)
    if columns is None:
        raise SuggestedError("its columns are known once what it reads is built")
    of = before["of"] or ""
    names = [f"{of}{quoted(name)}" for name, _ in columns]
    start = at - len(of)
    yield ReplaceText(model.path, start, f"{of}*", _listed(names, text, start))


def _listed(names: list[str], text: str, at: int) -> str:
    """The names on one line if they are few; else one per line, as deep as the line and four."""
    short = ", ".join(names)
    if len(short) <= SHORT:
        return short
    line_start = text.rfind("\n", 0, at) + 1
    line = text[line_start:at]
    indent = line[: len(line) - len(line.lstrip())]
    end = "\r\n" if "\r\n" in text else "\n"
    if not line.strip():  # the star has its line for itself
        return f",{end}{indent}".join(names)
    return f",{end}{indent}    ".join(names)
