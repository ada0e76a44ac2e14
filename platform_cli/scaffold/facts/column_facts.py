"""What the columns of a table are like: NULLs, different values, and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection

MOST_ROWS = 100_000
MOST_CELLS = 20_000_000
"""How much of a table is looked at for a first idea; what is proven is proven on all rows."""
SAMPLE = "platform_cli_sample"
_TIMES = re.compile(r"DATE|TIMESTAMP\b.*|TIMESTAMP_\w+")
_NO_KEY = re.compile(r"FLOAT|DOUBLE|REAL|BOOLEAN|JSON|BLOB|BIT|GEOMETRY|.*[\[(].*[\])]", re.DOTALL)
_DECIMAL = re.compile(r"DECIMAL\(\d+, ?(?P<scale>\d+)\)")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column; `nulls` and `distinct` (about) are those of the sample."""

    name: str
    data_type: str
    nulls: int = 0
    distinct: int = 0

    @property
    def is_time(self) -> bool:
        """Whether it orders as time."""
        return bool(_TIMES.fullmatch(self.data_type))

    @property
    def is_float(self) -> bool:
        """Whether its values may differ in the last digit."""
        return self.data_type in {"FLOAT", "DOUBLE", "REAL"}

    @property
    def may_be_key(self) -> bool:
        """Whether its type is one that keys have: no measure, no container."""
        decimal = _DECIMAL.fullmatch(self.data_type)
        return decimal["scale"] == "0" if decimal else not _NO_KEY.fullmatch(self.data_type)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table: what stands after `from`, its number of rows, and its columns."""

    relation: str
    rows: int
    sampled: int
    columns: tuple[ColumnFacts, ...]

    def column(self, name: str) -> ColumnFacts | None:
        """The column of that name, in any case."""
        return next((one for one in self.columns if one.name.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """A time column on all rows. `order` says how well it grows with the rows: 1 is always."""

    name: str
    data_type: str
    nulls: int
    distinct: int
    first: datetime | None
    last: datetime | None
    future: int
    most_of_one: int
    order: float | None


def look_at(connection: Connection, relation: str) -> TableFacts:
    """Counts the rows, and looks at the columns of a sample, which stays as a temporary table.

    Raises PlatformError with DuckDB's own words when it cannot be read.
    """
    from platform_cli.warehouse import quoted, relation_columns
    from platform_cli.warehouse import rows as asked

    described = relation_columns(connection, f"from {relation}")
    [(total,)] = asked(connection, f"select count(*) from {relation}")  # noqa: S608  (SQL already)
    most = min(MOST_ROWS, max(1, MOST_CELLS // max(1, len(described))))
    asked(
        connection,
        f"create or replace temp table {SAMPLE} as from {relation} limit {most}",
    )
    facts: list[ColumnFacts] = []
    for start in range(0, len(described), _AT_ONCE):
        some = described[start : start + _AT_ONCE]
        wanted = ", ".join(
            f"count(*) - count({quoted(name)}), "
            + (f"approx_count_distinct({quoted(name)})" if _countable(type_) else "0")
            for name, type_ in some
        )
        [found] = asked(connection, f"select {wanted} from {SAMPLE}")  # noqa: S608  (quoted)
        facts += [
            ColumnFacts(name, type_, nulls, distinct)
            for (name, type_), nulls, distinct in zip(some, found[::2], found[1::2], strict=True)
        ]
    return TableFacts(relation, total, min(total, most), tuple(facts))


def look_at_times(connection: Connection, table: TableFacts) -> tuple[TimeFacts, ...]:
    """The time columns on all rows; those that are always NULL are left out.

    Raises PlatformError with DuckDB's own words when it cannot be read.
    """
    times = [one for one in table.columns if one.is_time][:_MOST_TIMES]
    if not times or not table.rows:
        return ()
    found = list(_asked_times(connection, table.relation, times))
    return tuple(one for one in found if one.distinct)


_MOST_TIMES = 40
_AT_ONCE = 200


def _asked_times(
    connection: Connection, relation: str, times: Sequence[ColumnFacts]
) -> Iterator[TimeFacts]:
    from platform_cli.warehouse import quoted
    from platform_cli.warehouse import rows as asked

    for one in times:
        name = quoted(one.name)
        # Infinite dates have no number, and would be an error.
        time = f"case when isfinite({name}) then {name}::timestamp end"
        [(nulls, distinct, first, last, future, most, order)] = asked(
            connection,
            f"with numbered as (select {time} as moment, row_number() over () as number"  # noqa: S608
            f" from {relation}), counted as (select count(*) as often from numbered"
            " where moment is not null group by moment)"
            " select count(*) - count(moment), (select count(*) from counted),"
            " min(moment), max(moment),"
            " count(*) filter (moment > now()::timestamp + interval 1 day),"
            " (select max(often) from counted), corr(epoch(moment), number) from numbered",
        )
        yield TimeFacts(
            one.name, one.data_type, nulls, distinct, first, last, future, most or 0, order
        )


def _countable(type_: str) -> bool:
    return not re.search(r"[\[(]|JSON|BLOB|GEOMETRY", type_) or type_.startswith("DECIMAL")
