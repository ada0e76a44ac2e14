"""Rule: cross-join."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.sql.queries import Queries

SAID = {
    "comma": "a comma pairs every row with every row of {}",
    "bare": "a join with {} that has no condition pairs every row with every row",
    "true": "the condition of the join with {} always holds: every row meets every row",
    "cross": "a cross join pairs every row with every row of {}",
}


@rule(severity="error")
def cross_join(
    node: Model | Snapshot, queries: Queries, *, allow_explicit: bool = True
) -> Iterator[Violation]:
    """Every join says which rows belong together.

    ## Why
    A comma or a join without a condition pairs every row with every row. A condition that was
    forgotten, or commented out, multiplies the table and fails nothing.
    Lateral joins and functions such as `unnest(...)` pair rows with their own, and are left alone.
    So is a join whose condition stands in `where` (`from a, b where a.id = b.id`); one that only
    keeps rows from meeting themselves (`a.id <> b.id`) says not which belong together.

    ## Instead of
    ```sql
    from flights, airports
    ```

    ## Write
    ```sql
    from flights
    inner join airports on flights.origin = airports.code
    ```
    or, when every pair is meant, `cross join` (an outer one: `left join ... on true`);
    `allow_explicit: false` refuses these too.
    """
    for join in query_of(node, queries).joins:
        if join.detail in {"join", "where"} or (join.detail == "cross" and allow_explicit):
            continue
        instead = " or, when every pair is meant, write `cross join`" if allow_explicit else ""
        yield Violation(
            SAID[join.detail].format(join.name or "a subquery"),
            at=join,
            help=f"say which rows belong together with `on`{instead}",
        )
