"""Rule: public-model-has-enforced-contract."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.resources import Model


@rule(severity="error")
def public_model_has_enforced_contract(model: Model) -> Iterator[Violation]:
    """A public model has an enforced contract.

    ## Why
    Other teams build on it: a column that vanishes or changes its type must stop the build of the
    team that changes it, not break theirs.

    ## Instead of
    ```yaml
    config:
      access: public
    ```

    ## Write
    ```yaml
    config:
      access: public
      contract: {enforced: true}
    columns:
      - name: flight_id
        data_type: varchar
    ```
    """
    if known(model, "access") == "public" and not known(model, "config.contract.enforced"):
        yield Violation(
            "public, and its columns are not guaranteed by a contract",
            help="add `contract: {enforced: true}` under `config:` and a data_type to each column",
        )
