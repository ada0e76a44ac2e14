"""Which columns of parents a query names, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from platform_cli.project.lineage.made import ColumnUse
from platform_cli.project.lineage.shape import Rank, Value


class Uses:
    """Collects names as they are resolved."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[str, set[str], bool]] = {}
        self._clause = "select"
        self._taps: list[list[Value]] = []

    def add(self, value: Value, clause: str = "") -> Value:
        """A name that means this value; the same value."""
        certain = value.rank is not Rank.UNKNOWN
        for unique_id, column in value.of:
            key = unique_id, column.lower()
            _, clauses, known = self._found.get(key, ("", set[str](), False))
            clauses.add(clause or self._clause)
            self._found[key] = column, clauses, known or certain
        for tap in self._taps:
            tap.append(value)
        return value

    @contextmanager
    def within(self, clause: str) -> Iterator[None]:
        """From here on the names stand in this clause; those of the list of a query inside, too."""
        before = self._clause
        if clause != "select":
            self._clause = clause
        try:
            yield
        finally:
            self._clause = before

    @contextmanager
    def tapped(self) -> Iterator[list[Value]]:
        """All that is named meanwhile."""
        tap: list[Value] = []
        self._taps.append(tap)
        try:
            yield tap
        finally:
            self._taps.pop()

    def all(self, but: str) -> Iterable[ColumnUse]:
        """What was named, but for the columns of one resource."""
        for (unique_id, _), (column, clauses, certain) in sorted(self._found.items()):
            if unique_id != but:
                yield ColumnUse(unique_id, column, tuple(sorted(clauses)), certain)
