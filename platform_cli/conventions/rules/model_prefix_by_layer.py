"""Rule: model-prefix-by-layer."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model


@rule(severity="error")
def model_prefix_by_layer(model: Model, layers: Layers) -> Iterator[Violation]:
    """A model's name starts with a prefix of its layer.

    ## Why
    The name is all one sees in a query, a chart or a ticket; the prefix says whether the table is
    raw, half done, or meant to be used. Prefixes are set in `platform.yml` (`check: layers:`).

    ## Instead of
    ```
    models/staging/flights.sql
    ```

    ## Write
    ```
    models/staging/stg_flights.sql
    ```
    """
    layer = layers.of(model)
    prefixes = layers.by_name[layer].prefixes if layer else ()
    if prefixes and not model.name.startswith(prefixes):
        yield Violation(
            f"the name has no prefix of {layer}",
            help=f"rename it, say to {prefixes[0]}{model.name}; {layer} has {', '.join(prefixes)}",
        )
