"""Rule: model-has-primary-key."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.graph import Graph
from platform_cli.project.keys import single_keys
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model


@rule(severity="error")
def model_has_primary_key(
    model: Model,
    graph: Graph,
    layers: Layers,
    *,
    in_layers: tuple[str, ...] = ("marts",),
    unique_tests: tuple[str, ...] = ("unique_combination_of_columns",),
) -> Iterator[Violation]:
    """A model in a mart has a tested primary key.

    ## Why
    Without a key nobody knows what a row is, and the first join that multiplies rows stays unseen.

    A key is a `primary_key` constraint, `unique` and `not_null` tests on one column, or a test of a
    combination of columns (setting `unique_tests`: names of such tests).

    ## Instead of
    ```yaml
    columns:
      - name: flight_id
    ```

    ## Write
    ```yaml
    columns:
      - name: flight_id
        data_tests: [unique, not_null]
    ```
    """
    if layers.of(model) not in in_layers or known(model, "config.materialized") == "ephemeral":
        return
    tests = graph.tests.get(model.unique_id, ())
    if _has_constraint(model) or any(test.test_name in unique_tests for test in tests):
        return
    if single_keys(model, tests):
        return
    yield Violation(
        "no primary key",
        help="add `data_tests: [unique, not_null]` to the column that identifies a row",
    )


def _has_constraint(model: Model) -> bool:
    of_columns = (one for column in known(model, "columns").values() for one in column.constraints)
    return any(one.get("type") == "primary_key" for one in (*model.constraints, *of_columns))
