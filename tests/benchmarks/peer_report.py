"""The models made side by side, as a table: a column per tool, a line per criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.benchmarks.peer_contest import TOOLS, Entry
from tests.benchmarks.report import rows_of, with_rows
from tests.scaffold.twenty_models import CRITERIA

BEGIN, END = "<!-- models side by side -->", "<!-- end of models side by side -->"
_NAMES = [tool.name for tool in TOOLS]
_HEAD = f"| | {' | '.join(_NAMES)} | goal of ours |\n|---|{'---:|' * len(_NAMES)}---|"
_SUM, _CPU = "**of 14**", "CPU s per model"
_WALL, _PERSONS = "seconds by the clock per model", "places that look like personal data"
_GOALS = {_SUM: "≥ 13", _WALL: "≤ 1.0 on an idle machine", _PERSONS: "0"}
_SHOWN: dict[str, Callable[[Entry], str]] = {
    _SUM: lambda one: f"**{one.score:.1f}**",
    _CPU: lambda one: f"{one.cpu:.2f}",
    _WALL: lambda one: f"{one.wall:.2f}",
    _PERSONS: lambda one: str(one.persons),
}


def said(entry: Entry) -> str:
    """One tool in a line, for the terminal."""
    part = [f"{name} {score:.2g}" for name, score in entry.scores.items() if score < 1]
    figures = ", ".join(f"{name} {show(entry)}" for name, show in _SHOWN.items())
    return f"{entry.tool}: {figures}; not all of: {', '.join(part) or 'nothing'}"


def update_entries(page: str, entries: Sequence[Entry]) -> str:
    """The page with these entries in it; the columns of tools that were not run stay."""
    if not entries:
        return page
    old = rows_of(page, BEGIN, END)
    new = {}
    for name in (*CRITERIA, *_SHOWN):
        cells = [cell.strip() for cell in old.get(name, "").split("|")[2:-2]]
        cells += [""] * (len(_NAMES) - len(cells))
        for entry in entries:
            cells[_NAMES.index(entry.tool)] = _cell(entry, name)
        new[name] = f"| {name} | {' | '.join(cells)} | {_GOALS.get(name, '')} |"
    return with_rows(page, new, list(new), _HEAD, (BEGIN, END))


def _cell(entry: Entry, name: str) -> str:
    return _SHOWN[name](entry) if name in _SHOWN else f"{entry.scores[name]:.2g}"
