"""Rule: non-deterministic."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.changing_values import AUDIT_COLUMNS, changing_values
from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.project.resources import Model
from platform_cli.project.sql.queries import Queries


@rule(severity="warn")
def non_deterministic(
    model: Model, queries: Queries, *, audit_columns: tuple[str, ...] = AUDIT_COLUMNS
) -> Iterator[Violation]:
    """The same data gives the same table, whenever it is built.

    ## Why
    With `current_date`, `random()` or a `row_number()` without an order, two runs on the same data
    differ. Nobody can repeat a result, and no comparison of two runs means anything.
    A condition that only keeps out the future (`flight_date <= current_date`, `flight_year <=
    year(current_date)`) is left alone: a row that is in the table stays in it.

    What incremental models and snapshots write down has a rule of its own,
    `non-deterministic-history`; of an incremental model only the conditions of a first run are
    found here.

    ## Instead of
    ```sql
    select flight_id, current_date - flight_date as age_days from flights
    ```

    ## Write
    ```sql
    select flight_id, date '{{ var("as_of_date") }}' - flight_date as age_days from flights
    ```
    `audit_columns` may be the time of the run: they say when a row was written.
    """
    query = query_of(model, queries)
    if not (query.volatile or query.choosing or query.unordered):
        return
    if known(model, "config.materialized") == "incremental":
        yield from changing_values(query.choosing, (), audit_columns)
    else:
        yield from changing_values(
            (*query.volatile, *query.choosing), query.unordered, audit_columns
        )
