"""`make properties`: many random histories, on all processors; the failing ones are made small."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.scd.properties.case import Case
from tests.scd.properties.play import install
from tests.scd.properties.run import KINDS, cases, failing, report

AT_ONCE = 100
"""Cases for one dbt: its start costs as much as five of them."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.scd.properties", description=__doc__)
    parser.add_argument("--number", type=int, default=10_000, help="histories")
    parser.add_argument("--seed", type=int, default=1, help="other seed, other histories")
    parser.add_argument("--kind", choices=list(KINDS), action="append", help="both, unless named")
    parser.add_argument("--form", choices=["duckdb", "portable"], default="duckdb")
    asked = parser.parse_args()
    workers = os.cpu_count() or 1
    start = perf_counter()
    wrong: dict[str, Case] = {}
    with TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        projects = [install(Path(folder) / str(number)) for number in range(workers)]

        def play_some(some: list[Case]) -> list[Case]:
            project = projects.pop()
            try:
                differing = failing(project, some, asked.form)
            finally:
                projects.append(project)
            return [case for case in some if case.name in differing]

        all_cases = cases(asked.seed, asked.number, asked.kind or list(KINDS))
        done = 0
        for found in pool.map(play_some, chunks(all_cases)):
            wrong |= {case.name: case for case in found}
            done = min(done + AT_ONCE, asked.number)
            seconds = perf_counter() - start
            print(f"{done} histories, {len(wrong)} wrong, {seconds:.0f} s", flush=True)
        for case in list(wrong.values())[:3]:
            print(report(projects[0], case, asked.form))
    return 1 if wrong else 0


def chunks(every: Iterator[Case]) -> Iterator[list[Case]]:
    some: list[Case] = []
    for case in every:
        some.append(case)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


if __name__ == "__main__":
    sys.exit(main())
