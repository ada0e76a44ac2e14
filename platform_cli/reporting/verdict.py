"""What came of a test of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VerdictStatus = Literal["pass", "fail", "error"]

Texts = tuple[str | None, ...]
"""A row as texts; None is NULL."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as expected.

    `expected` alone: it is missing in the history; `found` alone: it is too many there. With both
    they are one version, and `differing` holds the columns that differ. `named` holds the columns
    that the expected row speaks of.
    """

    expected: Texts | None
    found: Texts | None
    named: tuple[int, ...] = ()
    differing: tuple[int, ...] = ()
    line: int | None = None

    @property
    def kind(self) -> Literal["missing", "too many", "differs"]:
        """Which of the three it is."""
        if self.found is None:
            return "missing"
        return "too many" if self.expected is None else "differs"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One test of a snapshot: how it went, why not well, and the rows that are not as expected.

    `fail`: the snapshot does something else than the test says. `error`: the test could not be
    played. `path` and `line` say where it is written.
    """

    snapshot: str
    name: str
    path: str
    line: int
    status: VerdictStatus
    seconds: float = 0.0
    message: str = ""
    columns: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
