"""Rule: incremental-has-predicate."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.project.resources import Model
from platform_cli.project.sql.queries import Queries


@rule(severity="warn")
def incremental_has_predicate(model: Model, queries: Queries) -> Iterator[Violation]:
    """An incremental run of a model reads less than a first one.

    ## Why
    Without a condition under `is_incremental()` every run reads everything again: an incremental
    model in name, at the price of a table. Strategy `microbatch` filters by itself.

    ## Instead of
    ```sql
    {{ config(materialized='incremental', unique_key='flight_id') }}
    select flight_id, flight_date from {{ ref('stg_flights') }}
    ```

    ## Write
    ```sql
    {{ config(materialized='incremental', unique_key='flight_id') }}
    select flight_id, flight_date from {{ ref('stg_flights') }}
    {% if is_incremental() %}
    where flight_date >= (select max(flight_date) - 7 from {{ this }})
    {% endif %}
    ```
    """
    if known(model, "config.materialized") != "incremental" or model.language != "sql":
        return
    if known(model, "config.incremental_strategy") == "microbatch":
        return
    query = query_of(model, queries)
    if query.incremental or not query.reads:
        return
    message = "every run reads everything: the SQL does not ask is_incremental()"
    if query.incremental is False:
        message = "every run reads everything: what is_incremental() adds is no condition"
    yield Violation(
        message,
        at=next(iter(known(model, "references")), None),
        help="add a `where` under `{% if is_incremental() %}`",
    )
