"""Rule: minimum-tests-by-layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from platform_cli.conventions.disabled_tests import disabled_tests
from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Model, UnitTest

LEAST = {"staging": 1}


@rule(severity="warn")
def minimum_tests_by_layer(
    model: Model,
    graph: Graph,
    layers: Layers,
    project: Project,
    *,
    tests: dict[str, int] = LEAST,
) -> Iterator[Violation]:
    """A model has as many tests as its layer asks for.

    ## Why
    What no test looks at breaks without a word, and is found by the reader of a chart.

    Data tests count, on the model and on its columns, tests in SQL that read it, unit tests, and
    the constraints of an enforced contract. How many a layer needs is in the setting `tests`;
    layers that are not there need none. Marts are left to model-has-primary-key, which wants more.

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
    least = tests.get(layers.of(model) or "", 0)
    if least <= 0 or known(model, "config.materialized") == "ephemeral":
        return
    found = len(graph.tests.get(model.unique_id, ()))
    if found < least:
        found += _beside(graph)[model.unique_id]
    if found < least and known(model, "config.contract.enforced"):
        found += len(model.constraints)
        found += sum(len(column.constraints) for column in model.columns.values())
    if found < least:
        tests_found = f"{found or 'no'} test{'s' * (found != 1)}"
        if off := len(disabled_tests(model, project)):
            tests_found += f" ({off} {'is' if off == 1 else 'are'} disabled)"
        yield Violation(
            f"{tests_found}; a model in {layers.of(model)} needs {least}",
            help="add `data_tests:` to the columns that matter, as [unique, not_null] to the key",
        )


@lru_cache(maxsize=1)
def _beside(graph: Graph) -> Counter[str]:
    """How many unit tests, and tests in SQL, each model has."""
    return Counter(
        unique_id
        for test in graph.resources.values()
        if isinstance(test, UnitTest) or (isinstance(test, DataTest) and not test.attached_node)
        for unique_id in test.depends_on
    )
