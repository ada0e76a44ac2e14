"""The rows that a draft makes of what is there, looked at for keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import Column
from platform_cli.scaffold.trial import Trial

MOST_ROWS = 1_000_000
_MOST_CELLS = 40_000_000
_TABLE = "temp.platform_draft"
_NO_KEY = ("double", "float", "real", "decimal", "boolean", "blob", "json", "interval")
_MOST_SINGLE, _MOST_PARTS = 30, 5
_ENDINGS = ("_id", "_key", "_sk", "_code", "_uuid", "_number", "_no", "_iata", "_icao")
_TIMES = ("date", "timestamp", "time")


@dataclass(frozen=True, slots=True)
class DraftedRows:
    """The draft's rows, kept for this session; of very many the first ones.

    `complete` is whether these are all of them.
    """

    trial: Trial
    count: int
    complete: bool

    @classmethod
    def of(
        cls, trial: Trial, sql: str, columns: Sequence[Column], also: Collection[str] = ()
    ) -> DraftedRows | None:
        """The rows of the draft, with the columns that could be of a key, and `also` these.

        None when DuckDB cannot make them, or not in time.
        """
        kept = [quoted(one.name) for one in columns if may_be_key(one) or one.name in also]
        kept = kept or ["1 as none"]
        most = max(1000, min(MOST_ROWS, _MOST_CELLS // len(kept)))
        made = trial.rows(
            "create or replace temp table platform_draft as"  # noqa: S608  (our own SQL)
            f" select {', '.join(kept)} from ({sql}\n) limit {most}"
        )
        if made is None:
            return None
        counted = trial.rows(f"select count(*) from {_TABLE}")  # noqa: S608
        if counted is None:
            return None
        count = int(counted[0][0])
        return cls(trial, count, complete=count < most)

    @property
    def said(self) -> str:
        """How many rows were looked at, in words."""
        return f"all {self.count:,} rows" if self.complete else f"the first {self.count:,} rows"

    def repeated(self, key: Sequence[str]) -> int | None:
        """How many rows have a key that another row has too, or none; None when that fails."""
        columns = ", ".join(map(quoted, key))
        there = " and ".join(f"{quoted(one)} is not null" for one in key)
        found = self.trial.rows(
            f"select coalesce(sum(n) filter (where n > 1 or not ({there})), 0)"  # noqa: S608
            f" from (select {columns}, count(*) as n from {_TABLE} group by {columns})"
        )
        return int(found[0][0]) if found else None

    def without(self, key: Sequence[str]) -> int | None:
        """How many rows have no value in one of these columns; None when that fails."""
        empty = " or ".join(f"{quoted(one)} is null" for one in key)
        found = self.trial.rows(f"select count(*) from {_TABLE} where {empty}")  # noqa: S608
        return int(found[0][0]) if found else None

    def some(self, column: str) -> tuple[str, ...]:
        """Two values of a column, as text; the same ones every time."""
        name = quoted(column)
        found = self.trial.rows(
            f"select distinct cast({name} as varchar) as value from {_TABLE}"  # noqa: S608
            f" where {name} is not null order by hash(value), value limit 2"
        )
        return tuple(str(row[0]) for row in found or ())

    def key(self, preferred: Iterable[str], columns: Sequence[Column]) -> tuple[str, ...]:
        """The first column that is unique and never NULL, or the smallest such combination.

        Of columns that look like keys; empty when there is none, or too few rows to tell.
        """
        if self.count < _FEW:
            return ()
        every = [one.name for one in columns if may_be_key(one)]
        wished = [one for one in preferred if one in every]
        named = [one for one in every if one.endswith(_ENDINGS) or one == "id"]
        singles = list(dict.fromkeys((*wished, *named, *every)))[:_MOST_SINGLE]
        for one in self._likely(singles):
            if self.repeated([one]) == 0:
                return (one,)
        times = [one.name for one in columns if (one.data_type or "").startswith(_TIMES)]
        parts = list(dict.fromkeys((*named, *times, *every)))[:_MOST_PARTS]
        for size in (2, 3):
            for several in combinations(parts, size):
                if self.repeated(several) == 0:
                    return several
        return ()

    def missing(self, column: str, relation: str, field: str) -> int | None:
        """How many values of a column are not among those of a relation's field.

        None when that cannot be told, or the column has no value at all.
        """
        name = quoted(column)
        found = self.trial.rows(
            f"select count({name}), count({name}) filter (where not exists ("  # noqa: S608
            f"select 1 from {relation} as parents where parents.{quoted(field)} = drafted.{name}))"
            f" from (select distinct {name} from {_TABLE}) as drafted"
        )
        return int(found[0][1]) if found and found[0][0] else None

    def _likely(self, names: Sequence[str]) -> list[str]:
        """Those that may be unique: a quick count tells most of the others."""
        if not names:
            return []
        counts = ", ".join(
            f"approx_count_distinct({quoted(one)}), count({quoted(one)})" for one in names
        )
        found = self.trial.rows(f"select {counts} from {_TABLE}")  # noqa: S608
        if not found:
            return []
        row = found[0]
        return [
            name
            for number, name in enumerate(names)
            if row[2 * number + 1] == self.count and row[2 * number] >= _NEAR * self.count
        ]


_FEW = 2
_NEAR = 0.75
"""The quick count may be wrong by so much."""


def may_be_key(column: Column) -> bool:
    """Whether the type is one that people tell rows apart by."""
    kind = column.data_type or ""
    nested = kind.endswith("]") or kind.startswith(("struct", "map", "union"))
    return not nested and not kind.startswith(_NO_KEY)
