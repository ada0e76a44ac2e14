"""Is a history sound: one open version per key, no overlap, no empty version, unique ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.point_in_time import point_in_time
from platform_cli.snapshots.preflight import EXAMPLES, shown_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from platform_cli.dbt_runner import ShowResult, SnapshotNode

Fault = Literal["several_open", "overlap", "not_after", "repeated_id", "null_key"]

FAULTS: dict[Fault, str] = {
    "several_open": "more than one open version",
    "overlap": "versions that overlap in time",
    "not_after": "a version that ends no later than it begins",
    "repeated_id": "a version id that occurs more than once",
    "null_key": "a NULL key",
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
    totals = [row for row in found.rows if row[1] == "totals"]
    faults = [row for row in found.rows if row[1] in get_args(Fault)]
    return tuple(
        History(
            snapshot=str(row[0]),
            versions=_number(row[3]),
            open=_number(row[4]),
            gone=_number(row[5]),
            newest=str(row[2] or ""),
            unsound=_unsound(str(row[0]), faults),
        )
        for row in totals
    )


def _unsound(snapshot: str, rows: list[tuple[object, ...]]) -> tuple[Unsound, ...]:
    return tuple(
        Unsound(
            snapshot=snapshot,
            fault=fault,
            keys=_number(mine[0][3]),
            examples=tuple(str(row[2]) for row in mine),
        )
        for fault in FAULTS
        if (mine := [row for row in rows if row[0] == snapshot and row[1] == fault])
    )


def _number(value: object) -> int:
    return int(str(value or 0))


def _of_one(node: SnapshotNode, at: str) -> str:
    relation = f"{node.name}_history"
    aliases = [f"key_{n}" for n in range(len(node.unique_key))]
    keys = ", ".join(f"({one}) as {a}" for one, a in zip(node.unique_key, aliases, strict=True))
    each = f"partition by {', '.join(aliases)}"
    null = " or ".join(f"({one}) is null" for one in node.unique_key)
    is_open = "valid_to is null"
    if node.valid_to_current:
        is_open += f" or valid_to = ({node.valid_to_current})"
    gone = f"cast('{at}' as timestamp)" if at else "cast(null as timestamp)"
    return f"""
{{%- set {relation} = adapter.get_relation(
  database={node.database!r}, schema={node.schema!r}, identifier={node.identifier!r}
) if execute -%}}
{{%- if {relation} %}}
select * from (
  with versions as (
    select
      {keys}, {shown_key(node.unique_key)} as shown, ({null}) as is_null, {node.scd_id} as scd_id,
      {node.valid_from} as valid_from, {node.valid_to} as valid_to
    from {{{{ {relation} }}}}
  ),
  marked as (
    select
      *, ({is_open}) as is_open,
      lead(valid_from) over ({each} order by valid_from, valid_to nulls last) as next_from,
      sum(case when {is_open} then 1 else 0 end) over ({each}) as open_of_key,
      max(valid_to) over ({each}) as last_end,
      count(*) over (partition by scd_id) as of_id
    from versions
  ),
  wrong as (
    select distinct fault, shown from (
      select 'several_open' as fault, shown from marked where open_of_key > 1
      union all
      select 'overlap', shown from marked
      where next_from is not null and (is_open or next_from < valid_to)
      union all
      select 'not_after', shown from marked where not is_open and valid_to <= valid_from
      union all
      select 'repeated_id', shown from marked where of_id > 1
      union all
      select 'null_key', shown from marked where is_null
    ) as faults
  ),
  ranked as (
    select
      fault, shown, count(*) over (partition by fault) as all_keys,
      row_number() over (partition by fault order by shown) as place
    from wrong
  )
  select '{node.name}' as snapshot, fault as what, shown, all_keys as n, 0 as n_open, 0 as n_gone
  from ranked where place <= {EXAMPLES}
  union all
  select
    '{node.name}', 'totals',
    cast(greatest(max(valid_from), max(case when not is_open then valid_to end)) as varchar),
    count(*), coalesce(sum(case when is_open then 1 else 0 end), 0),
    coalesce(sum(case when open_of_key = 0 and valid_to = last_end and last_end = {gone}
      then 1 else 0 end), 0)
  from marked
) as {relation}_found
{{%- else %}}
select '{node.name}' as snapshot, 'none' as what, '' as shown, 0 as n, 0 as n_open, 0 as n_gone
{{%- endif %}}"""
