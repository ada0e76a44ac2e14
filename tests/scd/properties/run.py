"""Plays random histories through engine and oracle; shows the smallest on which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.scd.properties.case import Case, shown
from tests.scd.properties.compare import problems
from tests.scd.properties.generate_events import events_case
from tests.scd.properties.generate_state import state_case
from tests.scd.properties.play import play
from tests.scd.properties.shrink import smallest

KINDS = {"state": state_case, "events": events_case}


def cases(seed: int, number: int, kinds: list[str]) -> Iterator[Case]:
    """As many random histories, always the same for a seed."""
    for index in range(number):
        kind = kinds[index % len(kinds)]
        yield KINDS[kind](f"h{seed}_{index}", Random(f"{seed} {index}"))


def failing(project: Path, some: list[Case], form: str = "duckdb") -> dict[str, list[str]]:
    """The names of the cases in which engine and oracle differ, and how."""
    played = play(project, some, form)
    found = {case.name: problems(case, played[case.name]) for case in some}
    return {name: words for name, words in found.items() if words}


def report(project: Path, case: Case, form: str = "duckdb") -> str:
    """The smallest case that fails like this one, to read and to play again."""

    def fails(some: list[Case]) -> list[Case]:
        wrong = failing(project, some, form)
        return [each for each in some if each.name in wrong]

    first = re.search(r"batch (\d+)", failing(project, [case], form)[case.name][0])
    last = int(first[1]) + 1 if first else len(case.batches)
    small = smallest(case.with_batches(case.batches[:last]), fails)
    words = failing(project, [small], form).get(small.name, ["(it does not fail alone)"])
    return "\n".join([shown(small), *words, small.as_json()])
