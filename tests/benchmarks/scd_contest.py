"""A snapshot benchmark: ours, dbt's own and the best hand-written SQL, on the same sources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import Command, Cost

OURS, PLAIN, HAND = "ours", "plain", "hand"
DBT, START, EARLY = "dbt", "start-up", "early"


@dataclass(frozen=True)
class Entrants:
    """The commands by name, and `agree`, which raises RuntimeError unless all histories are one.

    `ours` is `platform snapshot`, `plain` the same macros in `dbt snapshot`, `hand` hand-written
    SQL, `start-up` dbt's own snapshot of a single row, `early` our second run where ours is a much
    later one.
    """

    commands: Mapping[str, Command]
    agree: Callable[[], None]


@dataclass(frozen=True)
class Contest:
    """One line of the results; `setup` gets an empty folder and the number of rows."""

    name: str
    setup: Callable[[Path, int], Entrants]
    rows: int
    memory: float | None = None
    needs: str = ""
    runs: int = 3


@dataclass(frozen=True)
class Outcome:
    """What came out."""

    contest: Contest
    costs: Mapping[str, Cost]

    @property
    def limit(self) -> float | None:
        """The CPU seconds that ours may take: 1.2 x the hand-written SQL, and dbt's start-up."""
        if EARLY in self.costs:
            return 1.2 * self.costs[EARLY].cpu
        if HAND in self.costs and START in self.costs:
            return 1.2 * self.costs[HAND].cpu + self.costs[START].cpu
        return None

    @property
    def met(self) -> bool:
        """Whether ours kept the limits."""
        ours, memory = self.costs[OURS], self.contest.memory
        fast = self.limit is None or ours.cpu <= self.limit
        return fast and (memory is None or ours.memory <= memory)
