"""Rule: non-deterministic-history."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.changing_values import AUDIT_COLUMNS, changing_values
from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.sql.queries import Queries


@rule(severity="error")
def non_deterministic_history(
    node: Model | Snapshot, queries: Queries, *, audit_columns: tuple[str, ...] = AUDIT_COLUMNS
) -> Iterator[Violation]:
    """What stays in a table over many runs, of incremental models and snapshots, is repeatable.

    ## Why
    The rows of such a table come from many runs. With `now()` or `random()` in them nobody can
    build the table again, and a snapshot sees a change in every row of every run.
    The time in a condition (`where flight_date > current_date - 3`) comes into no row: it is for
    `non-deterministic`.

    ## Instead of
    ```sql
    {{ config(materialized='incremental', unique_key='flight_id') }}
    select flight_id, now() as delay_known_at from {{ ref('stg_flights') }}
    ```

    ## Write
    ```sql
    {{ config(materialized='incremental', unique_key='flight_id') }}
    select flight_id, updated_at as delay_known_at from {{ ref('stg_flights') }}
    ```
    `audit_columns` may be the time of the run in a model: they say when a row was written.
    """
    query = query_of(node, queries)
    found = query.volatile, query.unordered
    if not any(found):
        return
    if isinstance(node, Snapshot):
        yield from changing_values(*found, (), ", and the snapshot sees a change")
    elif known(node, "config.materialized") == "incremental":
        yield from changing_values(*found, audit_columns, ", and stays in the table")
