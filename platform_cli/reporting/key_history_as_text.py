"""The versions of one key, one below the other: what changed is marked, the rest is folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from click import style

from platform_cli.reporting.key_history import KeyHistory, Version
from platform_cli.reporting.moment import moment, precision
from platform_cli.reporting.table import cell, fit, is_number, pad, text_width

_MARK = "*"
_GAP = "  "
_WIDEST = 28
_ROOMY = 120


def key_history_as_text(history: KeyHistory, width: int | None, *, every_column: bool) -> str:
    """Versions as rows; columns that do not fit beside each other follow in further tables.

    `every_column`: also those that never changed, when some did. `width` None: one table, as wide
    as it is.
    """
    changed = {name for one in history.versions for name in one.changed}
    # Where nothing changed there is nothing to fold around.
    shown = [name for name in history.columns if every_column or not changed or name in changed]
    folded = [name for name in history.columns if name not in shown]
    page = _Page(history, width)
    lines = [_head(history, page.precision)]
    for columns in page.spread(shown):
        lines += ["", *page.table(columns)]
    if changed:
        lines += ["", style(f"{_MARK} differs from the version above", dim=True)]
    elif len(history.versions) > 1:
        lines += ["", style("the versions differ in no column", dim=True)]
    if folded:
        names = fit(", ".join(folded), 200)
        lines.append(style(f"the same in all versions: {names} (--all-columns)", dim=True))
    return "\n".join(lines)


def _head(history: KeyHistory, shown: str) -> str:
    real = [one for one in history.versions if not one.deleted]
    last = history.versions[-1]
    if last.valid_to is not None:
        state = f"ended {moment(last.valid_to, shown)}"
    elif last.deleted:
        state = f"deleted since {moment(last.valid_from, shown)}"
    else:
        state = f"open since {moment(last.valid_from, shown)}"
    count = f"{len(real)} version{'' if len(real) == 1 else 's'}"
    name = style(f"{history.snapshot}  {', '.join(history.key)}", bold=True)
    return f"{name}  {count}, {state}"


class _Page:
    """The tables of one key: texts, widths, and which columns stand beside each other."""

    def __init__(self, history: KeyHistory, width: int | None) -> None:
        self._versions = history.versions
        self._width = width
        self.precision = precision(
            time for one in history.versions for time in (one.valid_from, one.valid_to)
        )
        self._cut = _WIDEST if width is not None and width < _ROOMY else 2 * _WIDEST
        times = [*map(self._from, self._versions), *map(self._to, self._versions)]
        self._time = max(len("valid from"), *map(len, times))
        self._cells = [{name: self._cell(one, name) for name in history.columns}
                       for one in self._versions]  # fmt: skip

    def spread(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """The columns in portions that fit; at least one portion, which may be empty."""
        room = (self._width or 10**9) - 2 * (self._time + len(_GAP))
        portion: list[str] = []
        used = 0
        for name in columns:
            wanted = self._column_width(name) + len(_GAP)
            if portion and used + wanted > room:
                yield portion
                portion, used = [], 0
            portion.append(name)
            used += wanted
        yield portion

    def table(self, columns: Sequence[str]) -> Iterator[str]:
        """Head and one line per version; periods without a version are lines of their own."""
        widths = {name: self._column_width(name) for name in columns}
        right = {name: self._is_numeric(name) for name in columns}
        heads = [pad("valid from", self._time, False), pad("to", self._time, False)]
        heads += [
            pad(fit(name, self._cut) if right[name] else " " + fit(name, self._cut - 1),
                widths[name], right[name])
            for name in columns
        ]  # fmt: skip
        yield style(_GAP.join(heads).rstrip(), bold=True)
        before: Version | None = None
        for one, cells in zip(self._versions, self._cells, strict=True):
            yield from self._between(before, one)
            if not one.deleted:
                times = [pad(self._from(one), self._time, False),
                         pad(self._to(one), self._time, False)]  # fmt: skip
                marked = [
                    self._marked(pad(cells[name], widths[name], right[name]), name, one)
                    for name in columns
                ]
                yield _GAP.join([*times, *marked]).rstrip()
            before = one
        if before is not None and before.valid_to is not None:
            yield self._pause(self._to(before), "", "not there")

    def _between(self, before: Version | None, one: Version) -> Iterator[str]:
        if before is not None and (before.valid_to is None or before.valid_to > one.valid_from):
            yield style("(overlaps the version above: platform snapshot verify)", fg="red")
        elif before is not None and before.valid_to < one.valid_from:
            yield self._pause(self._to(before), self._from(one), "not there")
        if one.deleted:
            end = self._to(one) if one.valid_to is not None else ""
            yield self._pause(self._from(one), end, "deleted")

    def _pause(self, start: str, end: str, word: str) -> str:
        line = f"{pad(start, self._time, False)}{_GAP}{pad(end, self._time, False)}{_GAP}-- {word}"
        return style(line, dim=True)

    def _from(self, one: Version) -> str:
        return moment(one.valid_from, self.precision)

    def _to(self, one: Version) -> str:
        return "(open)" if one.valid_to is None else moment(one.valid_to, self.precision)

    def _cell(self, one: Version, name: str) -> str:
        mark = _MARK if name in one.changed else " "
        return mark + fit(cell(one.values[name]), self._cut - 1)

    def _marked(self, text: str, name: str, one: Version) -> str:
        if name in one.changed:
            return style(text, fg="yellow", bold=True)
        return style(text, dim=True) if one.values[name] is None else text

    def _column_width(self, name: str) -> int:
        texts = (text_width(cells[name]) for cells in self._cells)
        return max(min(text_width(name), self._cut) + 1, *texts)

    def _is_numeric(self, name: str) -> bool:
        values: list[Any] = [one.values[name] for one in self._versions]
        known = [one for one in values if one is not None]
        return bool(known) and all(map(is_number, known))
