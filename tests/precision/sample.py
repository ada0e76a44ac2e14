"""A seeded random sample of what a check finds, each finding with its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from platform_cli.reporting.diagnostic import Diagnostic


def samples(
    found: Iterable[Diagnostic], number: int, seed: int
) -> Iterator[tuple[str, int, list[Diagnostic]]]:
    """Of each rule its name, how much it found, and at most `number` of that, by chance.

    The same seed gives the same, and what one rule finds has no effect on another's sample.
    """
    by_rule: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in found:
        by_rule[one.name].append(one)
    for name, its in sorted(by_rule.items()):
        chosen = list(its)
        Random(f"{seed} {name}").shuffle(chosen)
        yield name, len(its), chosen[:number]


def excerpt(root: Path, one: Diagnostic, lines: int) -> str:
    """The lines around a finding, its own marked; nothing when it has no place."""
    if one.where is None or not one.where.line:
        return ""
    text = (root / one.where.path).read_text(encoding="utf-8", errors="replace").split("\n")
    first = max(0, one.where.line - 1 - lines)
    shown = text[first : one.where.line + lines]
    return "\n".join(
        f"  {'>' if number == one.where.line else ' '} {number:5} {line[:160]}"
        for number, line in enumerate(shown, first + 1)
    )
