"""What a tool made of one case: the facts that the criteria are scored on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.benchmarks.measure import Command, Cost, run_of
from tests.benchmarks.peer_project import Case


@dataclass
class Made:
    """One model. Empty where the tool made none.

    `odd` are the names of its table that SQL must quote; `built` are the columns of what was built,
    with their types, `types` and `texts` what is written down of them; `inferred` says that the
    types are known to the tool, but nowhere written. `rows` is a unit test with rows given and
    expected. `placed`: the tool wrote the files itself, where they belong. `dry` is what a dry run
    shows: "diff", "names" or nothing. `said` is every line that it wrote.
    """

    sql: str = ""
    odd: tuple[str, ...] = ()
    ran: bool = False
    built: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    inferred: bool = False
    description: str = ""
    contract: bool = False
    tests: int = 0
    failed: int = 0
    rows: bool = False
    passed: bool = False
    owner: bool = False
    sla: bool = False
    placed: bool = False
    again: bool = False
    kept: bool = False
    checked: bool = False
    dry: str = ""
    said: str = ""
    costs: list[Cost] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        return sum(one.cpu for one in self.costs)

    @property
    def wall(self) -> float:
        return sum(one.wall for one in self.costs)


@dataclass(frozen=True)
class Peers:
    """Where the other tools are installed: see RESULTS.md."""

    folder: Path

    def program(self, environment: str, name: str) -> str:
        return str(self.folder / environment / "bin" / name)

    def package(self, name: str) -> Path:
        return self.folder / name


@dataclass(frozen=True)
class Tool:
    """A tool; `make` gets an empty folder and returns what it made, by the name of the case."""

    name: str
    make: Callable[[Path, Peers, tuple[Case, ...]], dict[str, Made]]


DESCRIPTION = "One row for every thing that the shop has ever written down."


def ends_with(command: Command, code: int) -> bool:
    """Whether it ends with this exit code."""
    try:
        run_of(replace(command, accepted=(code,)))
    except RuntimeError:
        return False
    return True
