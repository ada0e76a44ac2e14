"""Which columns identify a row: proven on all rows, the fewest columns first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.facts.column_facts import SAMPLE, ColumnFacts, TableFacts

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection

_POOL = 10
_WIDEST = 3
_LARGE = 1_000_000
_ID = re.compile(r"(^|_)(id|key|sk|uuid|guid|code|no|number|nr|iata|icao|iso|sku|ref)$")
_PERSONAL = re.compile(r"(^|_)(email|mail|phone|name|ssn|iban|address)$")
_ABOUT = 0.8
"""Distinct values are counted about: so many of the rows may be all of them."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """How a key fails: rows in which it is NULL, and keys that several rows have."""

    columns: tuple[str, ...]
    nulls: int
    keys: int
    rows: int

    @property
    def words(self) -> str:
        """What is wrong, to be read after the names of the columns."""
        return " and ".join(filter(None, [self.several, self.missing]))

    @property
    def several(self) -> str:
        """How many rows share a key; empty when none do."""
        one = "value stands" if self.keys == 1 else "values stand"
        return f"{self.keys:,} {one} in {self.rows:,} rows" if self.keys else ""

    @property
    def missing(self) -> str:
        """In how many rows it is NULL; empty when in none."""
        return f"NULL in {count_of(self.nulls, 'row')}" if self.nulls else ""


def count_of(number: int, thing: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def key_candidates(
    connection: Connection, table: TableFacts, subject: str
) -> tuple[tuple[str, ...], ...]:
    """Unique and never NULL on all rows, no more columns than needed, the likeliest first.

    `subject` is what the table is about: of several columns those come first that are called like a
    key. Measures and times alone are left out. Of a large table one key is enough.

    Raises PlatformError with DuckDB's own words when it cannot be read.
    """
    if not table.rows:
        return ()
    pool = [one for one in table.columns if one.may_be_key and not one.nulls]
    pool.sort(key=lambda one: (likeness(one, subject), -one.distinct))
    single = [one for one in pool if not one.is_time and one.distinct >= _ABOUT * table.sampled]
    found: list[tuple[str, ...]] = []
    for one in single:
        if is_key(connection, table, (one.name,)):
            found.append((one.name,))
            if table.rows > _LARGE:  # the others would take seconds each
                break
    if found:
        return tuple(found)
    for width in range(2, _WIDEST + 1):
        found = list(_together(connection, table, pool[:_POOL], width))
        if found:
            return tuple(found)
    return ()


def is_key(connection: Connection, table: TableFacts, columns: Sequence[str]) -> bool:
    """Whether no two rows have the same values, and none is NULL; the sample is asked first."""
    return _is_key(connection, SAMPLE, columns) and (
        table.rows == table.sampled or _is_key(connection, table.relation, columns)
    )


def repeated(connection: Connection, relation: str, columns: Sequence[str]) -> Repeated:
    """How often a key is NULL, or the same in several rows that differ."""
    from platform_cli.warehouse import quoted, rows

    names = ", ".join(quoted(one) for one in columns)
    empty = " or ".join(f"{quoted(one)} is null" for one in columns)
    [(nulls,)] = rows(connection, f"select count(*) from {relation} where {empty}")  # noqa: S608
    # Rows that are the same in all columns are one; only those of a repeated key are compared.
    [(keys, several)] = rows(
        connection,
        f"with twice as (select {names} from {relation} where not ({empty}) group by {names}"  # noqa: S608
        f" having count(*) > 1), different as (select distinct * from {relation}"
        f" where ({names}) in (select ({names}) from twice))"
        " select count(*), coalesce(sum(often), 0)::bigint from"
        f" (select count(*) as often from different group by {names} having count(*) > 1)",
    )
    return Repeated(tuple(columns), nulls, keys, several)


def nearest(connection: Connection, table: TableFacts, subject: str) -> Repeated | None:
    """The single column that is nearly a key, with what keeps it from being one."""
    pool = [one for one in table.columns if one.may_be_key and not one.is_time and one.distinct]
    if not pool:
        return None
    best = min(pool, key=lambda one: (likeness(one, subject) > 1, -one.distinct))
    return repeated(connection, table.relation, [best.name])


def likeness(column: ColumnFacts, subject: str) -> int:
    """How a column is called: 0 is this table's own id, 1 an id, 2 anything, 3 a person or time."""
    name, bare = snake_case(column.name), subject.removesuffix("s")
    if name in {"id", bare, f"{bare}_id", f"{subject}_id", f"{bare}_key", f"{bare}_code"}:
        return 0
    if _ID.search(name):
        return 1
    return 3 if column.is_time or _PERSONAL.search(name) else 2


def _together(
    connection: Connection, table: TableFacts, pool: Sequence[ColumnFacts], width: int
) -> Iterator[tuple[str, ...]]:
    for some in combinations(pool, width):
        enough = math.prod(one.distinct for one in some) >= _ABOUT * table.sampled
        names = tuple(one.name for one in table.columns if one in some)
        if enough and is_key(connection, table, names):
            yield names
            return


def _is_key(connection: Connection, relation: str, columns: Sequence[str]) -> bool:
    from platform_cli.warehouse import quoted, rows

    names = ", ".join(quoted(one) for one in columns)
    empty = " or ".join(f"{quoted(one)} is null" for one in columns)
    # One query each, so that the first NULL ends it.
    if rows(connection, f"select 1 from {relation} where {empty} limit 1"):  # noqa: S608
        return False
    twice = f"select 1 from {relation} group by {names} having count(*) > 1 limit 1"  # noqa: S608
    return not rows(connection, twice)
