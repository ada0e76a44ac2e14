"""What differs from run to run although the data is the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from platform_cli.conventions.rule import Violation
from platform_cli.project.sql.positions import SqlSpan

AUDIT_COLUMNS = (
    "loaded_at", "_loaded_at", "dbt_loaded_at", "_dbt_loaded_at", "etl_loaded_at", "inserted_at",
    "dbt_inserted_at", "processed_at", "dbt_run_at", "_dbt_run_at",
)  # fmt: skip
"""Columns that say when a row was written: there the time of the run is meant."""


def changing_values(
    calls: Iterable[SqlSpan],
    unordered: Iterable[SqlSpan],
    audit_columns: Collection[str],
    why: str = "",
) -> Iterator[Violation]:
    """Calls and window functions whose result is not settled by the data; `why` ends a message."""
    places: set[tuple[int, int]] = set()
    for call in calls:
        if call.detail and call.detail in audit_columns:
            continue
        if not call.exact and (call.line, call.column) in places:
            continue  # one macro that writes it several times
        places.add((call.line, call.column))
        written = "" if call.exact else " (written by a macro)"
        yield Violation(
            f"`{call.name}`{written} gives another value in every run{why}",
            at=call,
            help="take the value from the data or from a variable, such as {{ var('as_of_date') }}",
        )
    for function in unordered:
        yield Violation(
            f"`{function.name}` has no order: which row comes first is chance{why}",
            at=function,
            help="add `order by` with columns that make the order total",
        )
