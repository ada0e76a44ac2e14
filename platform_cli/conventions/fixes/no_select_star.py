"""Fix: no-select-star."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix, offset
from platform_cli.conventions.select_list import SelectList, name_of, select_list
from platform_cli.project.edits.edit import Edit, ReplaceText
from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic

STAR = re.compile(r"\*(?!\s*(?:exclude|except|replace|rename)\b)", re.IGNORECASE)
OF = re.compile(r"(?:\w+|\"[^\"]+\")\.$")
SHORT = 60
"""A list that is no longer stays on its line."""


@fix()
def no_select_star(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The columns that DuckDB finds there now, in their order."""
    text = scene.text(model.path)
    at = offset(text, finding.where)
    star, found = STAR.match(text, at), OF.search(text[:at])
    of = found[0] if found else ""
    start = at - len(of)
    listed = select_list(text, start, star.end()) if star else None
    if listed is None or ((listed.before or listed.after) and not of):
        raise SuggestedError("the star is not all that is selected there")
    if listed.has_other_star:
        raise SuggestedError("another star is selected there, too")
    columns = scene.built.columns(model)
    if columns is None:
        raise SuggestedError("its columns are known once what it reads is built")
    names = _of_star([name for name, _ in columns], listed)
    yield ReplaceText(
        model.path, start, f"{of}*", _listed([f"{of}{quoted(one)}" for one in names], text, start)
    )


def _of_star(names: list[str], listed: SelectList) -> list[str]:
    """Those of all the columns that the star stands for.

    Raises SuggestedError where two have one name: the database gives one of them another.
    """
    first, last = len(listed.before), len(names) - len(listed.after)
    others = zip(names[:first] + names[last:], listed.before + listed.after, strict=False)
    if last <= first or len({one.lower() for one in names}) < len(names):
        raise SuggestedError("which columns are those of the star cannot be told")
    for name, item in others:
        if name_of(item).lower() not in ("", name.lower()):
            raise SuggestedError(f"two columns there may be named {name_of(item)}")
    return names[first:last]


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
