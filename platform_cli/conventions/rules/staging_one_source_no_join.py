"""Rule: staging-one-source-no-join."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model, Reference
from platform_cli.project.sql.queries import Queries


@rule(severity="warn")
def staging_one_source_no_join(
    model: Model, layers: Layers, queries: Queries, *, in_layers: tuple[str, ...] = ("staging",)
) -> Iterator[Violation]:
    """A staging model reads one source, and joins it with nothing.

    ## Why
    A staging model is the one place where a source gets its names and types. With a join in it
    nobody can use one source without the other, and a change of either changes both.
    A staging model that joins other models only (`base_` models) is left alone.

    ## Instead of
    ```sql
    -- models/staging/stg_flights.sql
    from {{ source('raw', 'flights') }} as flights
    left join {{ source('raw', 'airlines') }} as airlines using (carrier)
    ```

    ## Write
    Two staging models, and the join in an intermediate one:
    ```sql
    -- models/intermediate/int_flights.sql
    from {{ ref('stg_flights') }} as flights
    left join {{ ref('stg_airlines') }} as airlines using (carrier)
    ```
    """
    if layers.of(model) not in in_layers:
        return
    references = known(model, "references")
    sources: dict[tuple[str, ...], Reference] = {}
    for reference in references:
        if reference.kind == "source":
            sources.setdefault(reference.args, reference)
    first = next((".".join(args) for args in sources), "")
    for reference in list(sources.values())[1:]:
        yield Violation(
            f"reads a second source, {'.'.join(reference.args)}, beside {first}",
            at=reference,
            help="make a staging model of each, and join or unite them in an intermediate one",
        )
    # Of one relation alone it can only be joined with itself.
    if len(sources) == 1 and len({(one.kind, one.args) for one in references}) > 1:
        for join in query_of(model, queries).joins:
            yield Violation(
                f"joins {join.name or 'a subquery'} in staging",
                at=join,
                help="move the join to an intermediate model",
            )
