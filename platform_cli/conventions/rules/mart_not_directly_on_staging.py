"""Rule: mart-not-directly-on-staging."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import Model


@rule(severity="warn", opt_in=True)
def mart_not_directly_on_staging(
    model: Model,
    project: Project,
    layers: Layers,
    *,
    in_layers: tuple[str, ...] = ("marts",),
    not_on: tuple[str, ...] = ("staging",),
) -> Iterator[Violation]:
    """A mart reads intermediate models, not staging models.

    ## Why
    In a large project joins that every mart makes for itself drift apart; in an intermediate model
    they are made once. In a small project the layer between is a detour: the rule is off unless
    `platform.yml` turns it on.

    ## Instead of
    ```sql
    -- models/marts/fct_flights.sql
    select * from {{ ref('stg_flights') }}
    ```

    ## Write
    ```sql
    select * from {{ ref('int_flights__enriched') }}
    ```
    """
    if layers.of(model) not in in_layers:
        return
    for reference in known(model, "references"):
        parent = project.resources.get(reference.unique_id or "")
        if isinstance(parent, Model) and (layer := layers.of(parent)) in not_on:
            yield Violation(
                f"reads {parent.name} of {layer} itself",
                at=reference,
                help="put an intermediate model between the two",
            )
