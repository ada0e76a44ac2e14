"""Plays random histories through engine and oracle; shows the smallest on which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import duckdb

from tests.scd.properties.case import Case, shown
from tests.scd.properties.compare import problems
from tests.scd.properties.expect import expect
from tests.scd.properties.generate_events import events_case
from tests.scd.properties.generate_state import state_case
from tests.scd.properties.play import Player
from tests.scd.properties.shrink import smallest

KINDS = {"state": state_case, "events": events_case}


def cases(seed: int, number: int, kinds: list[str], first: int = 0) -> Iterator[Case]:
    """As many random histories, always the same for a seed; `first` says from where on."""
    for index in range(first, first + number):
        kind = kinds[index % len(kinds)]
        yield KINDS[kind](f"h{seed}_{index}", Random(f"{seed} {index}"))


def failing(player: Player, some: list[Case], form: str = "duckdb") -> dict[str, list[str]]:
    """The names of the cases in which engine and oracle differ, and how."""
    played = player(some, form)
    found = {case.name: problems(case, played[case.name]) for case in some}
    return {name: words for name, words in found.items() if words}


def report(player: Player, case: Case, form: str = "duckdb") -> str:
    """The smallest case that fails like this one, to read and to play again."""
    first = failing(player, [case], form)[case.name][0]

    def fails(some: list[Case]) -> list[Case]:
        some = [each for each in some if is_readable(each)]
        wrong = failing(player, some, form)
        return [each for each in some if alike(wrong.get(each.name, [""])[0], first)]

    at = re.match(r"batch (\d+)", first)
    last = int(at[1]) + 1 if at else len(case.batches)
    small = smallest(case.with_batches(case.batches[:last]), fails)
    words = failing(player, [small], form).get(small.name, ["(it does not fail alone)"])
    return "\n".join([shown(small), *words, small.as_json()])


def is_readable(case: Case) -> bool:
    """Not when a piece was taken away that the rest needs, such as the column of a predicate."""
    try:
        expect(case)
    except (duckdb.Error, ValueError, KeyError):
        return False
    return True


def alike(one: str, other: str) -> bool:
    """Both say that the same is wrong: refusals, counts, a history, a crash."""
    return one.split(" ")[2:3] == other.split(" ")[2:3]  # batch 3: counts ...
