"""The runs that a history has on record, asked through dbt: whatever the database is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.snapshots.point_in_time import point_in_time

if TYPE_CHECKING:
    from datetime import datetime

    from platform_cli.dbt_runner import ShowResult, SnapshotNode


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """One run: its number, from 1, the time it stands for, and how many versions it left.

    `begins` is true when there was no version to go on from.
    """

    number: int
    at: datetime
    versions: int
    begins: bool


def ledger_sql(node: SnapshotNode) -> str:
    """A query over the history's ledger, as Jinja for dbt; no rows when there is none."""
    return f"""
{{%- set ledger = adapter.get_relation(
  database={node.database!r}, schema={node.schema!r}, identifier={node.identifier + "__runs"!r}
) if execute -%}}
{{%- if ledger %}}
select run_number, cast(run_at as varchar) as run_at, versions,
  case when columns_before is null then 1 else 0 end as begins
from {{{{ ledger }}}} order by run_number
{{%- else %}}
select 0 as run_number, '' as run_at, 0 as versions, 0 as begins where 1 = 0
{{%- endif %}}"""


def recorded_runs(found: ShowResult) -> tuple[RecordedRun, ...]:
    """The answer to `ledger_sql`, oldest first."""
    return tuple(
        RecordedRun(
            int(str(number)), point_in_time(str(at)), int(str(versions)), bool(int(str(begins)))
        )
        for number, at, versions, begins in found.rows
    )


def of_this_life(runs: tuple[RecordedRun, ...], versions: int) -> tuple[RecordedRun, ...]:
    """The runs that made a history of so many versions: none of one that was lost since."""
    if not runs or (runs[-1].versions and not versions):
        return ()
    first = max((run.number for run in runs if run.begins), default=0)
    return tuple(run for run in runs if run.number >= first)
