"""Is a history sound: one open version per key, no overlap, no empty version, unique ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.point_in_time import point_in_time
from platform_cli.snapshots.preflight import EXAMPLES, shown_key
from platform_cli.snapshots.recorded_key import insist_on_a_key
from platform_cli.warehouse import rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from platform_cli.dbt_runner import ShowResult, SnapshotNode
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection

Fault = Literal[
    "several_open", "overlap", "not_after", "repeated_id", "null_key", "no_start", "no_id"
]

FAULTS: dict[Fault, str] = {
    "several_open": "more than one open version",
    "overlap": "versions that overlap in time",
    "not_after": "a version that ends no later than it begins",
    "repeated_id": "a version id that occurs more than once",
    "null_key": "a NULL key",
    "no_start": "a version without a start",
    "no_id": "a version without an id",
}


@dataclass(frozen=True, slots=True)
class Unsound:
    """A broken invariant of a history: under how many keys, and some of them."""

    snapshot: str
    fault: Fault
    keys: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A history table as it is now. `newest` is the latest time in it, ISO, UTC, or empty.

    `gone` counts the keys whose last version ended at the time asked for in `verify_sql`.
    """

    snapshot: str
    versions: int = 0
    open: int = 0
    gone: int = 0
    newest: str = ""
    unsound: tuple[Unsound, ...] = ()

    def reaches(self) -> datetime | None:
        """`newest` as a point in time, None for an empty history.

        Raises PlatformError (exit code 1) for one that no calendar has, such as infinity.
        """
        try:
            return point_in_time(self.newest) if self.newest else None
        except ValueError:
            raise PlatformError(
                f"{self.snapshot}: the latest time in its history is {self.newest!r}, so nothing"
                " can be said to come later",
                hint="nothing was written; look for that time where its versions begin and end",
                exit_code=ExitCode.FINDINGS,
            ) from None


def verify_sql(nodes: Iterable[SnapshotNode], *, at: str = "") -> str:
    """One query over the histories, as Jinja for dbt: a table that is not there has no rows.

    `at` is a time (ISO) for which to count the keys that ended then.
    """
    return "\nunion all\n".join(_of_one(node, at) for node in nodes)


def histories(found: ShowResult) -> tuple[History, ...]:
    """The answer to `verify_sql`, one history per table that exists."""
    return _histories(found.rows)


def verified(connection: Connection, history: HistoryTable, *, only: str = "") -> History:
    """The same for one history in an open database.

    `only` is a condition in SQL, with a window function: the versions to look at.
    """
    insist_on_a_key(connection, history)
    query = _found_in(
        f"(select * from {history.table()} qualify {only})" if only else history.table(),
        name=history.name,
        keys=history.key,
        columns=tuple(
            history.col(part) for part in ("dbt_scd_id", "dbt_valid_from", "dbt_valid_to")
        ),
        is_open=history.is_open,
        gone="null",
    )
    (found,) = _histories(rows(connection, query))
    return found


def _histories(found: Iterable[tuple[object, ...]]) -> tuple[History, ...]:
    every = list(found)
    faults = [row for row in every if row[1] in get_args(Fault)]
    return tuple(
        History(
            snapshot=str(row[0]),
            versions=_number(row[3]),
            open=_number(row[4]),
            gone=_number(row[5]),
            newest=str(row[2] or ""),
            unsound=_unsound(str(row[0]), faults),
        )
        for row in every
        if row[1] == "totals"
    )


def _unsound(snapshot: str, found: list[tuple[object, ...]]) -> tuple[Unsound, ...]:
    return tuple(
        Unsound(
            snapshot=snapshot,
            fault=fault,
            keys=_number(mine[0][3]),
            examples=tuple(str(row[2]) for row in mine),
        )
        for fault in FAULTS
        if (mine := [row for row in found if row[0] == snapshot and row[1] == fault])
    )


def _number(value: object) -> int:
    return int(str(value or 0))


def _of_one(node: SnapshotNode, at: str) -> str:
    relation = f"{node.name}_history"
    is_open = f"{node.valid_to} is null"
    if node.valid_to_current:
        is_open += f" or {node.valid_to} = ({node.valid_to_current})"
    query = _found_in(
        f"{{{{ {relation} }}}}",
        name=node.name,
        keys=tuple(f"({one})" for one in node.unique_key),
        columns=(node.scd_id, node.valid_from, node.valid_to),
        is_open=is_open,
        gone=f"cast('{at}' as timestamp)" if at else "cast(null as timestamp)",
    )
    return f"""
{{%- set {relation} = adapter.get_relation(
  database={node.database!r}, schema={node.schema!r}, identifier={node.identifier!r}
) if execute -%}}
{{%- if {relation} %}}
{query}
{{%- else %}}
select '{node.name}' as snapshot, 'none' as what, '' as shown, 0 as n, 0 as n_open, 0 as n_gone
{{%- endif %}}"""


def _found_in(
    table: str,
    *,
    name: str,
    keys: tuple[str, ...],
    columns: tuple[str, ...],
    is_open: str,
    gone: str,
) -> str:
    """What `_histories` reads, from a table; all but `name` is SQL.

    `columns` are the version's id, its start and its end.
    """
    scd_id, valid_from, valid_to = columns
    aliases = [f"key_{n}" for n in range(len(keys))]
    each = f"partition by {', '.join(aliases)}"
    return f"""
select * from (
  with versions as (
    select
      {", ".join(f"{one} as {alias}" for one, alias in zip(keys, aliases, strict=True))},
      {shown_key(keys)} as shown, ({" or ".join(f"{one} is null" for one in keys)}) as is_null,
      {scd_id} as scd_id, {valid_from} as valid_from, {valid_to} as valid_to,
      ({is_open}) as is_open
    from {table}
  ),
  marked as (
    select
      *,
      lead(valid_from) over ({each} order by valid_from, valid_to nulls last) as next_from,
      sum(case when is_open then 1 else 0 end) over ({each}) as open_of_key,
      max(valid_to) over ({each}) as last_end,
      count(*) over (partition by scd_id) as of_id
    from versions
  ),
  wrong as (
    select distinct fault, shown from (
      select 'several_open' as fault, shown from marked where open_of_key > 1 and not is_null
      union all
      select 'overlap', shown from marked
      where next_from is not null and (is_open or next_from < valid_to) and not is_null
      union all
      select 'not_after', shown from marked where not is_open and valid_to <= valid_from
      union all
      select 'repeated_id', shown from marked where of_id > 1 and scd_id is not null
      union all
      select 'null_key', shown from marked where is_null
      union all
      select 'no_start', shown from marked where valid_from is null
      union all
      select 'no_id', shown from marked where scd_id is null
    ) as faults
  ),
  ranked as (
    select
      fault, shown, count(*) over (partition by fault) as all_keys,
      row_number() over (partition by fault order by shown) as place
    from wrong
  )
  select '{name}' as snapshot, fault as what, shown, all_keys as n, 0 as n_open, 0 as n_gone
  from ranked where place <= {EXAMPLES}
  union all
  select
    '{name}', 'totals',
    cast(greatest(max(valid_from), max(case when not is_open then valid_to end)) as varchar),
    count(*), coalesce(sum(case when is_open then 1 else 0 end), 0),
    coalesce(sum(case when open_of_key = 0 and valid_to = last_end and last_end = {gone}
      then 1 else 0 end), 0)
  from marked
) as {name}_found"""
