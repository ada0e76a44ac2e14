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
    """One run: its number, from 1, and the time it stands for."""

    number: int
    at: datetime


def ledger_sql(node: SnapshotNode) -> str:
    """A query over the history's ledger, as Jinja for dbt; no rows when there is none."""
    return f"""
{{%- set ledger = adapter.get_relation(
  database={node.database!r}, schema={node.schema!r}, identifier={node.identifier + "__runs"!r}
) if execute -%}}
{{%- if ledger %}}
select run_number, cast(run_at as varchar) as run_at from {{{{ ledger }}}} order by run_number
{{%- else %}}
select 0 as run_number, '' as run_at where 1 = 0
{{%- endif %}}"""


def recorded_runs(found: ShowResult) -> tuple[RecordedRun, ...]:
    """The answer to `ledger_sql`, oldest first."""
    return tuple(RecordedRun(int(str(number)), point_in_time(str(at))) for number, at in found.rows)
