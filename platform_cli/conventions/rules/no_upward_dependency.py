"""Rule: no-upward-dependency."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.refused_reads import refused_reads
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import Model


@rule(severity="error")
def no_upward_dependency(model: Model, project: Project, layers: Layers) -> Iterator[Violation]:
    """A model reads only models of the layers that its own layer may read.

    ## Why
    Data flows from staging to marts. A staging model that reads a mart makes a circle of teams:
    nobody can change theirs without waiting for another.
    Which layer reads which is said in `platform.yml` (`check: layers:`, `parents:`).

    ## Instead of
    ```sql
    -- models/staging/stg_flights.sql
    select * from {{ ref('fct_flights') }}
    ```

    ## Write
    ```sql
    select * from {{ source('flights', 'flights') }}
    ```
    """
    for layer, reference, parent in refused_reads(model, project, layers):
        if isinstance(parent, Model) and parent.package_name == model.package_name:
            allowed = ", ".join(layers.by_name[layer].parents)
            yield Violation(
                f"a model in {layer} reads {parent.name}, which is in {layers.of(parent)}",
                at=reference,
                help=f"{layer} may read {allowed}; move the logic or the model",
            )
