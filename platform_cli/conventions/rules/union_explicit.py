"""Rule: union-explicit."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.sql.queries import Queries


@rule(severity="warn")
def union_explicit(node: Model | Snapshot, queries: Queries) -> Iterator[Violation]:
    """A union says `all` or `distinct`, and both sides have the same number of columns.

    ## Why
    A plain `union` compares every row with every other and drops equal ones: slow, and rarely
    meant. Who reads `union all` or `union distinct` knows that somebody decided.

    ## Instead of
    ```sql
    select flight_id from arrivals
    union
    select flight_id from departures
    ```

    ## Write
    ```sql
    select flight_id from arrivals
    union all
    select flight_id from departures
    ```
    """
    for union in query_of(node, queries).unions:
        if union.detail:
            yield Violation(
                f"the sides of this {union.name} have {union.detail} columns",
                at=union,
                help="select the same columns on both sides, or write `union all by name`",
            )
        else:
            yield Violation(
                "`union` says neither `all` nor `distinct`: equal rows are dropped",
                at=union,
                help="write `union all`, or `union distinct` when equal rows must go",
            )
