"""Tests of snapshots for people: what failed, row by row, and the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click import style

from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from platform_cli.reporting.verdict import Difference, Texts, Verdict

_MOST = 20
"""Differing rows that are shown of one test."""
_WIDEST = 40
_COLOURS = {"pass": "green", "fail": "red", "error": "red"}

_Line = tuple[str, tuple[str, ...], frozenset[int]]
"""What is said of a row, its cells, and which of them to make stand out."""


def verdicts_as_text(tests: Sequence[Verdict], *, folder: str = "", say_more: bool = False) -> str:
    """Paragraphs without a trailing newline; the last line is the count.

    `folder` goes before the paths, so that they open. `say_more` lists the tests that passed,
    each with its time.
    """
    blocks = []
    if passed := [one for one in tests if one.status == "pass" and say_more]:
        blocks.append("\n".join(_passed(one) for one in passed))
    blocks += [_failed(one, folder) for one in tests if one.status != "pass"]
    return "\n\n".join([*blocks, _summary(tests)])


def _passed(one: Verdict) -> str:
    return f"{style('pass', fg='green')}  {one.snapshot}: {one.name}  {one.seconds:.2f} s"


def _failed(one: Verdict, folder: str) -> str:
    text = render(
        Diagnostic(
            message=f"{one.snapshot}: {one.name}\n  {one.message}",
            name="test" if one.status == "fail" else "",
            where=Where(folder + one.path, one.line),
        )
    )
    return f"{text}\n{_table(one)}" if one.differences else text


def _table(one: Verdict) -> str:
    lines = [line for each in one.differences[:_MOST] for line in _lines(each)]
    used = [i for i in range(len(one.columns)) if any(cells[i] for _, cells, _ in lines)]
    heads = {i: one.columns[i] for i in used}
    widths = {i: max(len(heads[i]), *(len(cells[i]) for _, cells, _ in lines)) for i in used}
    first = max(len(said) for said, _, _ in lines)
    # Nothing is padded at the end of a line: copied, it would show.
    widths[used[-1]] = 0
    head = "  ".join(style(f"{heads[i]:<{widths[i]}}", bold=True) for i in used)
    told = [f"  {'':<{first}}  {head}"]
    for said, cells, loud in lines:
        texts = [
            (style(cells[i], fg="red") if i in loud else cells[i])
            + " " * (widths[i] - len(cells[i]))
            for i in used
        ]
        row = "  ".join(texts)
        told.append(f"  {said:<{first}}  {row}".rstrip())
    if len(one.differences) > _MOST:
        told.append(f"  and {len(one.differences) - _MOST} more")
    return "\n".join(told)


def _lines(one: Difference) -> Iterator[_Line]:
    named = frozenset(one.named)
    if one.expected is None or one.found is None:
        row = one.expected or one.found or ()
        said = f"missing (line {one.line})" if one.found is None else "too many"
        shown = named if one.found is None else frozenset(range(len(row)))
        yield said, _cells(row, shown), shown
        return
    yield f"expected (line {one.line})", _cells(one.expected, named), frozenset()
    # Below it only what is otherwise, so that it meets the eye.
    differing = frozenset(one.differing)
    yield "but it is", _cells(one.found, differing), differing


def _cells(row: Texts, shown: frozenset[int]) -> tuple[str, ...]:
    return tuple(_cell(text) if i in shown else "" for i, text in enumerate(row))


def _cell(text: str | None) -> str:
    if text is None:
        return "NULL"
    line = text.replace("\n", "⏎")
    # An empty cell would look like one that nobody speaks of.
    line = line if line.strip() == line and line.upper() not in {"", "NULL"} else f"'{line}'"
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _summary(tests: Sequence[Verdict]) -> str:
    told = [
        style(f"{number} {word}", fg=colour, bold=True)
        for word, colour in _COLOURS.items()
        if (number := sum(one.status == word for one in tests))
    ]
    seconds = sum(one.seconds for one in tests)
    return f"snapshot test: {', '.join(told) or 'nothing'} in {seconds:.1f} s"
