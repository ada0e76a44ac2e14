"""Rule: no-ddl-dml."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.sql.queries import Queries


@rule(severity="error")
def no_ddl_dml(node: Model | Snapshot, queries: Queries) -> Iterator[Violation]:
    """A model is one query: it creates, changes and deletes nothing by itself.

    ## Why
    dbt writes the table; lineage, tests, contracts and `--empty` rely on that. A statement of your
    own changes a table that nobody knows depends on this model. Hooks have a rule of their own:
    `no-side-effect-hooks`.

    ## Instead of
    ```sql
    delete from analytics.flights where flight_date < '2020-01-01';
    select flight_id from {{ ref('stg_flights') }}
    ```

    ## Write
    ```sql
    select flight_id from {{ ref('stg_flights') }} where flight_date >= '2020-01-01'
    ```
    """
    for statement in query_of(node, queries).changes:
        message = f"`{statement.name}` is no query"
        if statement.detail:
            message = f"a second statement starts here, with `{statement.name}`"
        yield Violation(message, at=statement, help="write one select; dbt creates the table")
