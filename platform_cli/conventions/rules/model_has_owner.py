"""Rule: model-has-owner."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.resources import Model


@rule(severity="error")
def model_has_owner(model: Model) -> Iterator[Violation]:
    """A model has an owner: a dbt group, or `meta.owner`.

    ## Why
    Whoever finds a wrong number has to know whom to ask, and a failed build whom to call.

    ## Instead of
    ```yaml
    models:
      - name: fct_flights
    ```

    ## Write
    ```yaml
    models:
      - name: fct_flights
        config:
          group: network_planning
    ```
    """
    if known(model, "group") or known(model, "config.meta.owner") or known(model, "meta.owner"):
        return
    yield Violation("no owner", help="add `group:` under `config:`, with the name of your group")
