"""Rule: join-safety."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.declared_keys import declared_keys
from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.graph import Graph
from platform_cli.project.project import Project
from platform_cli.project.resources import Model
from platform_cli.project.sql.queries import Queries


@rule(severity="warn")
def join_safety(
    model: Model, project: Project, graph: Graph, queries: Queries
) -> Iterator[Violation]:
    """A join neither loses rows that it promises to keep, nor counts rows twice.

    ## Why
    A `where` on a column of the right side of a left join drops the rows that found no partner:
    the join is an inner join that says otherwise. And a sum over a table that was joined with
    several rows per key counts each of its values several times.

    The second is found only where it is certain: the key of the right side is declared (tests
    `unique` and `unique_combination_of_columns`, or a constraint) and has more columns than the
    join.

    ## Instead of
    ```sql
    from flights
    left join airports on flights.origin = airports.code
    where airports.country = 'US'
    ```

    ## Write
    ```sql
    from flights
    inner join airports on flights.origin = airports.code
    where airports.country = 'US'
    ```
    or, to keep all flights, move the condition behind `on`.
    """
    query = query_of(model, queries)
    for column in query.undone:
        yield Violation(
            f"the condition on {column.detail}.{column.name} undoes the left join",
            at=column,
            help="write `inner join`, or move the condition behind `on`",
        )
    for total in query.multiplied:
        unique_id, *columns = total.detail.split(" ")
        parent = project.resources.get(unique_id)
        keys = declared_keys(parent, graph) if parent is not None else []
        joined = frozenset(columns)
        if parent is None or any(key <= joined for key in keys):
            continue
        for key in keys:
            if joined < key:
                yield Violation(
                    f"`{total.name}` counts rows once for every row of {parent.name}, whose key is "
                    f"{', '.join(sorted(key))}",
                    at=total,
                    help=f"aggregate {parent.name} to one row per {', '.join(columns)} before the "
                    "join, or join the whole key",
                )
                break
