"""Rule: snapshot-selects-raw-source."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.resources import Snapshot
from platform_cli.project.sql.queries import Queries


@rule(severity="warn")
def snapshot_selects_raw_source(snapshot: Snapshot, queries: Queries) -> Iterator[Violation]:
    """A snapshot keeps what a table says, as it is: no joins, no filters.

    ## Why
    History can't be taken again. A row that a `where` leaves out looks deleted; a join that finds
    another partner looks like a change; a mistake in a calculation stays in the history for good.
    Calculate in a model that reads the snapshot.

    ## Instead of
    ```sql
    {% snapshot snp_airports %}
    select * from {{ source('raw', 'airports') }} where country = 'US'
    {% endsnapshot %}
    ```

    ## Write
    ```yaml
    snapshots:
      - name: snp_airports
        relation: source('raw', 'airports')
    ```
    """
    query = query_of(snapshot, queries)
    for join in query.joins:
        yield Violation(
            f"the snapshot joins {join.name or 'a subquery'}: its changes look like changes here",
            at=join,
            help="take a snapshot of each table, and join them in a model",
        )
    for clause in query.clauses:
        yield Violation(
            f"the snapshot has a `{clause.name}`: rows that it leaves out look deleted",
            at=clause,
            help="take the snapshot of the whole table, and filter in a model that reads it",
        )
