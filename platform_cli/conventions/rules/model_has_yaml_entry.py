"""Rule: model-has-yaml-entry."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.resources import Model


@rule(severity="error")
def model_has_yaml_entry(model: Model) -> Iterator[Violation]:
    """A model is described in a properties file.

    ## Why
    Without an entry nobody says what a row is, and no column is described or tested.

    Said here alone: model-has-description looks at models that have an entry.

    ## Instead of
    ```
    models/marts/fct_flights.sql
    ```

    ## Write
    ```
    models/marts/fct_flights.sql
    models/marts/fct_flights.yml
    ```
    ```yaml
    models:
      - name: fct_flights
        description: One row per flight that was scheduled to leave New York.
    ```
    """
    if model.properties_path is None:
        yield Violation(
            "no properties file describes this model",
            help=f"write {model.path.rpartition('.')[0]}.yml with an entry under `models:`",
        )
