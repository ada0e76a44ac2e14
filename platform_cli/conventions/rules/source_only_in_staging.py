"""Rule: source-only-in-staging."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.refused_reads import refused_reads
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Source


@rule(severity="error")
def source_only_in_staging(model: Model, project: Project, layers: Layers) -> Iterator[Violation]:
    """Only a staging model reads a source.

    ## Why
    When a source changes its names or types, one file has to change: the staging model.
    Which layers may read sources is said in `platform.yml` (`check: layers:`, parent `source`).

    ## Instead of
    ```sql
    -- models/marts/fct_flights.sql
    select * from {{ source('flights', 'flights') }}
    ```

    ## Write
    ```sql
    select * from {{ ref('stg_flights') }}
    ```
    """
    for layer, reference, parent in refused_reads(model, project, layers):
        if isinstance(parent, Source):
            source = ".".join(reference.args)
            yield Violation(
                f"a model in {layer} reads the source {source}",
                at=reference,
                help=f"read its staging model, or make one: "
                f"`platform new-model stg_{reference.args[-1]} --from source:{source}`",
            )
