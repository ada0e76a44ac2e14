"""A test of a snapshot as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from platform_cli.snapshots.history_tests.values import Value

if TYPE_CHECKING:
    from platform_cli.errors import PlatformError

Row = Mapping[str, Value]
"""Column to value."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the time (UTC, as the engine takes it), and what the source holds then.

    `columns` are types, `without` columns that this run's source does not have, `allow` guards
    that are off for it, and `refused` the refusal that must come (empty: none).
    """

    at: str
    line: int
    rows: tuple[Row, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class HistoryTest:
    """One test: the runs, and the rows that the history must then hold, with their lines."""

    snapshot: str
    name: str
    path: str
    line: int
    runs: tuple[Run, ...]
    expect: tuple[Row, ...]
    expect_lines: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TestFile:
    """A file of tests: of which snapshot (empty when it does not say), and what is wrong in it."""

    __test__ = False  # pytest looks at every class of this name

    path: str
    snapshot: str
    line: int
    tests: tuple[HistoryTest, ...]
    problems: tuple[PlatformError, ...] = ()
