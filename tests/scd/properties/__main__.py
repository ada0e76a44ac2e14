"""`make properties`: many random histories, on two processors; the failing ones are made small.

It may be stopped at any time: every line says how many are done, `--from` goes on behind them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.scd.properties.case import Case
from tests.scd.properties.play import Player, install
from tests.scd.properties.quick import quick_player
from tests.scd.properties.run import KINDS, cases, failing, report

AT_ONCE = 50
"""Cases between two lines of progress."""
SHOWN = 3
"""Failing cases that are made small."""


@dataclass(frozen=True)
class Asked:
    seed: int
    first: int
    number: int
    kinds: list[str]
    form: str
    processes: int

    def again(self, case: Case) -> str:
        """The command that plays only this one."""
        index = case.name.rpartition("_")[2]
        kinds = "".join(f" --kind {kind}" for kind in self.kinds)
        return (
            f"python -P -m tests.scd.properties --seed {self.seed} --from {index} --number 1"
            f"{kinds} --form {self.form}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.scd.properties", description=__doc__)
    parser.add_argument("--number", type=int, default=10_000, help="histories")
    parser.add_argument("--from", type=int, default=0, dest="first", help="leave out those before")
    parser.add_argument("--seed", type=int, default=1, help="other seed, other histories")
    parser.add_argument("--kind", choices=list(KINDS), action="append", help="both, unless named")
    parser.add_argument("--form", choices=["duckdb", "hashed", "portable"], default="duckdb")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    said = parser.parse_args()
    kinds = said.kind or list(KINDS)
    asked = Asked(said.seed, said.first, said.number, kinds, said.form, said.processes)
    with TemporaryDirectory() as folder:
        project = install(Path(folder))
        with quick_player(project, asked.processes) as player:
            wrong = played_through(player, asked)
            for case in wrong[:SHOWN]:
                print(report(player, case, asked.form))
                print(f"play it again: {asked.again(case)}", flush=True)
    return 1 if wrong else 0


def played_through(player: Player, asked: Asked) -> list[Case]:
    """The cases in which engine and oracle differ; says how far it is, and each as it is found."""
    start = perf_counter()
    wrong: list[Case] = []

    def play_some(span: tuple[int, int]) -> tuple[int, list[Case], dict[str, list[str]]]:
        some = list(cases(asked.seed, span[1], asked.kinds, span[0]))
        return sum(span), some, failing(player, some, asked.form)

    with ThreadPoolExecutor(asked.processes) as pool:
        for end, some, found in pool.map(play_some, spans(asked.first, asked.number)):
            for case in some:
                if case.name in found:
                    wrong.append(case)
                    print(f"wrong: {asked.again(case)}\n   {found[case.name][0]}")
            seconds = perf_counter() - start
            print(
                f"seed {asked.seed}, {asked.first} to {end}: {end - asked.first} histories, "
                f"{len(wrong)} wrong, {seconds:.0f} s; go on with --from {end}",
                flush=True,
            )
    return wrong


def spans(first: int, number: int) -> Iterator[tuple[int, int]]:
    """Where each piece begins, and its length."""
    for begin in range(first, first + number, AT_ONCE):
        yield begin, min(AT_ONCE, first + number - begin)


if __name__ == "__main__":
    sys.exit(main())
