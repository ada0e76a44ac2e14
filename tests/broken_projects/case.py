"""How a broken project is told: what is wrong with it, what one types, and what one reads then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

Trouble = Callable[[Path], AbstractContextManager[object]]
"""What is wrong outside of the files: entered with the project's folder, left after the runs."""

Files = Mapping[str, str | bytes | None]

USES_DBT = {"build", "run", "test", "seed", "snapshot", "compile"}


@dataclass(frozen=True, slots=True)
class Run:
    """One command line, the exit code it must have, and what its output must and must not say.

    `apart`: as a process of its own, where signals, limits and variables need one.
    `new`: relations that rightly are there afterwards, because nothing was wrong with them.
    `folder`: where it is typed, seen from the project.
    `interrupt`: Ctrl-C is pressed while the database is at work.
    """

    command: str
    exit: int
    says: tuple[str, ...]
    never: tuple[str, ...] = ()
    apart: bool = False
    new: tuple[str, ...] = ()
    folder: str = "."
    interrupt: bool = False

    @property
    def uses_dbt(self) -> bool:
        """Whether it starts dbt, which takes seconds."""
        return bool(USES_DBT.intersection(self.command.split()))


@dataclass(frozen=True, slots=True)
class Case:
    """A sound project in which one thing is broken.

    `files` replace those of the sound project; None leaves one out. `slow` leaves the case to
    `make test-slow`.
    """

    story: str
    runs: tuple[Run, ...]
    files: Files
    trouble: Trouble | None = None
    slow: bool = False


def case(
    story: str,
    files: Files,
    *runs: Run,
    trouble: Trouble | None = None,
    slow: bool = False,
) -> Case:
    """A case, read from left to right: the story, what is broken, what happens."""
    return Case(story, runs, files, trouble, slow)


def run(
    command: str,
    exit: int,  # noqa: A002
    *says: str,
    never: tuple[str, ...] = (),
    apart: bool = False,
    new: tuple[str, ...] = (),
    folder: str = ".",
    interrupt: bool = False,
) -> Run:
    """A run, read from left to right: what is typed, the exit code, what is said."""
    return Run(command, exit, says, never, apart, new, folder, interrupt)
