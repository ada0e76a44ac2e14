"""Is what came of a test what it expects?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from platform_cli.reporting.verdict import Difference, Verdict

if TYPE_CHECKING:
    from platform_cli.dbt_runner import Played, Refusal
    from platform_cli.reporting.verdict import Texts, VerdictStatus
    from platform_cli.snapshots.history_tests.plays import ToPlay


def judge(asked: ToPlay, played: Played) -> Verdict:
    """The verdict on one test."""
    test = asked.test
    line, message = test.line, ""
    status: VerdictStatus = "pass"
    differences: tuple[Difference, ...] = ()
    if played.crash:
        # dbt's headline says no more than that it is an error.
        status, message = "error", re.sub(r"^\w+ Error( in .+)?\n\s*", "", played.crash)
    elif played.unreadable:
        line, status, message = _unreadable(asked, played.unreadable)
    elif wrong := _wrong_run(asked, played):
        status = "fail"
        line, message = wrong
    elif differences := _differences(asked, played):
        status, message = "fail", _counted(differences)
    return Verdict(
        snapshot=test.snapshot,
        name=test.name,
        path=test.path,
        line=line,
        status=status,
        seconds=played.seconds,
        message=message,
        columns=asked.play.columns,
        differences=tuple(_shown(one, played) for one in differences),
    )


def _unreadable(asked: ToPlay, places: tuple[str, ...]) -> tuple[int, VerdictStatus, str]:
    test = asked.test
    told = []
    for place in places:
        at, row, name = place.split(".", 2)
        value = test.runs[int(at)].rows[int(row)][name]
        told.append((value.line, f"{name}: {value.text!r} (line {value.line})"))
    more = "values are" if len(told) > 1 else "value is"
    return (
        told[0][0],
        "error",
        f"the {more} not of the column's type: " + ", ".join(text for _, text in told),
    )


def _wrong_run(asked: ToPlay, played: Played) -> tuple[int, str] | None:
    """The first run that was refused and should not, or the other way round."""
    for n, (run, refusals) in enumerate(zip(asked.test.runs, played.refusals, strict=False), 1):
        names = {one.name for one in refusals}
        which = f"run {n} ({shown_time(run.at)})"
        if run.refused in names or not (run.refused or names):
            continue
        if not run.refused:
            return run.line, f"{which} was refused: {_refusals(refusals)}"
        if names:
            return run.line, (
                f"{which} must be refused as {run.refused}, and was refused: {_refusals(refusals)}"
            )
        counts = played.counts[n - 1]
        did = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts.get(kind))
        return run.line, (
            f"{which} must be refused as {run.refused}, and was not: {did or 'nothing changed'}"
        )
    return None


_KINDS = ("new", "changed", "closed", "returned", "late", "overwritten", "unchanged")


def _refusals(refusals: tuple[Refusal, ...]) -> str:
    return "; ".join(
        f"{one.name}: {one.message}" + (f" (for example {'; '.join(one.keys)})" if one.keys else "")
        for one in refusals
    )


def _differences(asked: ToPlay, played: Played) -> tuple[Difference, ...]:
    expect, history, named = played.expect, played.history, asked.named
    taken = _matched(
        [
            [at for at, found in enumerate(history) if all(found[i] == row[i] for i in named[n])]
            for n, row in enumerate(expect)
        ]
    )
    missing = [n for n in range(len(expect)) if n not in taken.values()]
    extra = [at for at in range(len(history)) if at not in taken]
    pairs = _pairs(asked, played, missing, extra)
    lines = asked.test.expect_lines
    found = [
        Difference(
            expected=expect[n],
            found=history[pairs[n]] if n in pairs else None,
            named=named[n],
            differing=tuple(i for i in named[n] if expect[n][i] != history[pairs[n]][i])
            if n in pairs
            else (),
            line=lines[n],
        )
        for n in missing
    ]
    left = [at for at in extra if at not in pairs.values()]
    return (*found, *(Difference(expected=None, found=history[at]) for at in left))


def _matched(fitting: Sequence[Sequence[int]]) -> dict[int, int]:
    """As many expected rows as possible, each with a row of the history of its own.

    Given, for each expected row, the rows that fit it; the answer goes from those to the expected.
    A row may speak of few columns and fit several (augmenting paths, Kuhn 1955).
    """
    taken: dict[int, int] = {}

    def place(n: int, tried: set[int]) -> bool:
        for at in fitting[n]:
            if at not in tried:
                tried.add(at)
                if at not in taken or place(taken[at], tried):
                    taken[at] = n
                    return True
        return False

    for n in range(len(fitting)):
        place(n, set())
    return taken


def _pairs(asked: ToPlay, played: Played, missing: list[int], extra: list[int]) -> dict[int, int]:
    """Missing and superfluous rows that are likely one version: of one key, and most alike."""
    alike = []
    for n in missing:
        named = asked.named[n]
        key = [i for i in asked.key if i in named]
        for at in extra:
            row, found = played.expect[n], played.history[at]
            same = sum(row[i] == found[i] for i in named)
            if key and all(row[i] == found[i] for i in key):
                alike.append((-same, n, at))
    pairs: dict[int, int] = {}
    for _, n, at in sorted(alike):
        if n not in pairs and at not in pairs.values():
            pairs[n] = at
    return pairs


def _counted(differences: tuple[Difference, ...]) -> str:
    kinds: list[str] = [one.kind for one in differences]
    words = {"differs": "differs", "missing": "is missing", "too many": "is too many"}
    several = {"differs": "differ", "missing": "are missing", "too many": "are too many"}
    told = [
        f"1 row {words[kind]}" if number == 1 else f"{number} rows {several[kind]}"
        for kind in words
        if (number := kinds.count(kind))
    ]
    return f"the history is not as expected: {', '.join(told)}"


def _shown(one: Difference, played: Played) -> Difference:
    """Times at midnight as dates, as they are written in a test."""
    midnight = [kind.startswith("TIMESTAMP") for _, kind in played.columns]

    def row(texts: Texts | None) -> Texts | None:
        if texts is None:
            return None
        return tuple(
            shown_time(text) if text and is_time else text
            for text, is_time in zip(texts, midnight, strict=True)
        )

    return Difference(row(one.expected), row(one.found), one.named, one.differing, one.line)


def shown_time(text: str) -> str:
    """2024-01-31 for 2024-01-31 00:00:00.000000; the same time otherwise."""
    return text.removesuffix(".000000").removesuffix(" 00:00:00")
