"""Rule: no-select-star."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model
from platform_cli.project.sql.queries import Queries


@rule(severity="error")
def no_select_star(
    model: Model, layers: Layers, queries: Queries, *, not_in_layers: tuple[str, ...] = ("staging",)
) -> Iterator[Violation]:
    """The columns of a model are written out in its SQL.

    ## Why
    With `select *` a column that somebody adds, renames or drops upstream goes straight into your
    table, its tests and its readers. Nobody sees it in a review.
    A CTE that only imports (`select * from {{ ref('x') }}`) may have a star, and so may
    `select * from final` when `final` names its columns.

    ## Instead of
    ```sql
    with flights as (select * from {{ ref('stg_flights') }})

    select * from flights
    ```

    ## Write
    ```sql
    with flights as (select * from {{ ref('stg_flights') }})

    select flight_id, flight_date from flights
    ```
    `not_in_layers` names layers where a star may pass on whatever comes; a model outside of all
    layers is looked at.
    """
    if layers.of(model) in not_in_layers:
        return
    for star in query_of(model, queries).stars:
        name = star.name.rsplit(".", 1)[-1]
        yield Violation(
            f"`*` passes on all columns of {name}, whatever they are",
            at=star,
            help="write the columns out",
        )
