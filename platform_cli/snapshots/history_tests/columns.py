"""Which columns the source of a test has, of which types, and what its expected rows speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError, Where, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from platform_cli.dbt_runner import SnapshotSource
    from platform_cli.snapshots.history_tests.values import Kind, Value
    from platform_cli.snapshots.history_tests.written import HistoryTest, Run

_TYPES: dict[frozenset[Kind], str] = {
    frozenset({"bool"}): "boolean",
    frozenset({"int"}): "bigint",
    frozenset({"float"}): "double",
    frozenset({"int", "float"}): "double",
    frozenset({"date"}): "date",
    frozenset({"timestamp"}): "timestamp",
    frozenset({"date", "timestamp"}): "timestamp",
    frozenset({"timestamptz"}): "timestamptz",
    frozenset({"text"}): "varchar",
    frozenset({"json"}): "json",
}
_CALLED: dict[Kind, str] = {
    "bool": "true or false",
    "int": "numbers",
    "float": "numbers",
    "date": "dates",
    "timestamp": "times",
    "timestamptz": "times with an offset",
    "text": "text",
    "json": "lists or mappings",
}


class Columns:
    """The columns of one test's source, found by name whatever the letter case."""

    def __init__(self, test: HistoryTest, source: SnapshotSource) -> None:
        self._test = test
        self._source = source
        self._names: dict[str, str] = {}
        for name in self._spelled():
            self._names.setdefault(name.lower(), name)
        self._inferred = {key: self._infer(key) for key in self._names}
        self._declared = _lower(source.types)

    def of(self, run: Run) -> dict[str, str]:
        """Name to type of the columns that the source has in this run, the key first."""
        without = {name.lower() for name in run.without}
        given = self._declared | _lower(self._test.columns) | _lower(run.columns)
        return {
            name: given.get(key) or self._inferred[key] or self._usual(key)
            for key, name in self._names.items()
            if key not in without
        }

    def problems(self) -> Iterator[PlatformError]:
        """Values of a column that have no type in common, and names that are likely mistyped."""
        yield from self._mistyped()
        given = self._declared | _lower(self._test.columns)
        for key, name in self._names.items():
            if self._inferred[key] is None and key not in given:
                values = [value for value in self._untyped(key) if value.kind != "null"]
                kinds = dict.fromkeys(_CALLED[value.kind] for value in values)
                other = next(value for value in values if value.kind != values[0].kind)
                yield PlatformError(
                    f"column {name} holds {' and '.join(kinds)}",
                    hint=f"say its type in the test or the file: `columns: {{{name}: varchar}}`;"
                    " what is text stands in quotes",
                    where=Where(self._test.path, other.line),
                )

    def _spelled(self) -> Iterator[str]:
        """Names as the test spells them, or else as the configuration does; the key first."""
        said = {name.lower(): name for name in self._named()}
        yield from (said.get(name.lower(), name) for name in self._source.columns)
        yield from said.values()

    def _named(self) -> Iterator[str]:
        yield from self._test.columns
        for run in self._test.runs:
            yield from run.columns
            for row in run.rows:
                yield from row

    def _values(self, key: str) -> Iterator[Value]:
        for run in self._test.runs:
            for row in run.rows:
                yield from (value for name, value in row.items() if name.lower() == key)

    def _untyped(self, key: str) -> Iterator[Value]:
        """The values in runs that do not say the column's type themselves."""
        for run in self._test.runs:
            if key not in _lower(run.columns):
                for row in run.rows:
                    yield from (value for name, value in row.items() if name.lower() == key)

    def _infer(self, key: str) -> str | None:
        """The type that all values of the column have; empty without one, None if they differ.

        Runs that say its type count only when no other run has a value.
        """
        if kinds := _kinds(self._untyped(key)):
            return _TYPES.get(kinds)
        return _TYPES.get(_kinds(self._values(key)), "")

    def _usual(self, key: str) -> str:
        """The type of a column that is NULL throughout."""
        if key in {name.lower() for name in self._source.numbers}:
            return "double"
        return "timestamp" if key in {name.lower() for name in self._source.times} else "varchar"

    def _mistyped(self) -> Iterator[PlatformError]:
        """A name that nobody described and that is nearly one that somebody did."""
        known = dict.fromkeys([*self._source.columns, *self._source.known])
        lower = {name.lower() for name in (*known, *self._declared_here())}
        seen: set[str] = set()
        for run in self._test.runs:
            for row in run.rows:
                for name, value in row.items():
                    if name.lower() in lower | seen:
                        continue
                    seen.add(name.lower())
                    if near := did_you_mean(name.lower(), known):
                        yield PlatformError(
                            f"nothing is known of a column {name}",
                            hint=f"{near}\nif it is right, give its type:"
                            f" `columns: {{{name}: varchar}}`",
                            where=Where(self._test.path, value.line),
                        )

    def _declared_here(self) -> Iterator[str]:
        yield from self._test.columns
        for run in self._test.runs:
            yield from run.columns


class Compared:
    """The columns of the history that the expected rows name."""

    def __init__(self, test: HistoryTest, source: SnapshotSource, there: Iterable[str]) -> None:
        there = list(there)
        self._known = {name.lower(): name for name in (*there, *source.meta.values())}
        # `valid_from` is dbt_valid_from, whatever the project calls it; a data column goes first.
        short = {name.removeprefix("dbt_"): own for name, own in source.meta.items()}
        self._short = {**short, **source.meta}
        self.problems: list[PlatformError] = []
        for row, line in zip(test.expect, test.expect_lines, strict=True):
            for name, value in row.items():
                if self.column(name) is None:
                    words = [*there, *short]
                    self.problems.append(
                        PlatformError(
                            f"the history has no column {name}",
                            hint=did_you_mean(name.lower(), [*words, *source.meta.values()])
                            or f"there are: {', '.join(words)}",
                            where=Where(test.path, value.line or line),
                        )
                    )
        keys = [name for name in map(self.column, source.key) if name]
        period = [source.meta["dbt_valid_from"], source.meta["dbt_valid_to"]]
        named = [name for row in test.expect for name in map(self.column, row) if name]
        self.names = tuple(dict.fromkeys([*keys, *(named or period)]))

    def column(self, name: str) -> str | None:
        """The history's column that a name in an expected row means."""
        return self._known.get(name.lower()) or self._short.get(name.lower())


def _kinds(values: Iterable[Value]) -> frozenset[Kind]:
    return frozenset(value.kind for value in values if value.kind != "null")


def _lower(types: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): kind for name, kind in types.items()}
