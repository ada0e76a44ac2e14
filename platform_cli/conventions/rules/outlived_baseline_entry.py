"""Rule: outlived-baseline-entry."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Violation, rule


@rule(severity="info")
def outlived_baseline_entry(exemptions: Exemptions) -> Iterator[Violation]:
    """What is mended leaves the baseline.

    ## Why
    The baseline holds what was wrong before there were rules, and only shrinks. An entry for what
    has been mended would let the same fault come back unseen.

    ## Instead of
    ```json
    {"rule":"model-has-owner","resource":"model.shop.fct_flights","anchor":"","count":1},
    ```

    ## Write
    nothing: `platform check --write-baseline` takes such lines out.
    """
    yield from exemptions.outlived
