"""A benchmark: what we measure against what, and what we want it to be."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import Command, Cost


@dataclass(frozen=True)
class Goal:
    """At most so many CPU seconds, such a part of what the other needs, and so much more."""

    seconds: float | None = None
    ratio: float | None = None
    more: float | None = None
    than: str = "dbt"

    def met(self, ours: Cost, theirs: Cost | None) -> bool:
        """Whether all hold that are given."""
        fast = self.seconds is None or ours.cpu <= self.seconds
        faster = self.ratio is None or (theirs is not None and ours.cpu <= self.ratio * theirs.cpu)
        near = self.more is None or (theirs is not None and ours.cpu - theirs.cpu <= self.more)
        return fast and faster and near

    def __str__(self) -> str:
        parts = []
        if self.seconds is not None:
            parts.append(f"≤ {self.seconds} s")
        if self.ratio is not None:
            parts.append(f"≤ {self.ratio:.3g} × {self.than}")
        if self.more is not None:
            parts.append(f"≤ {self.than} + {self.more} s")
        return ", ".join(parts)


@dataclass(frozen=True)
class Benchmark:
    """One line of the results.

    `commands` gets an empty folder and returns our command and, if there is one,
    the one to compare with, mostly dbt's. Each works on a project of its own: they would spoil each
    other's caches. `needs` is
    our command; a benchmark of a command that does not exist is left out.
    """

    name: str
    commands: Callable[[Path], tuple[Command, ...]]
    goal: Goal
    needs: str = ""
    runs: int = 5


@dataclass(frozen=True)
class Result:
    """What came out; `theirs` is None when there is nothing to compare with."""

    benchmark: Benchmark
    ours: Cost
    theirs: Cost | None
