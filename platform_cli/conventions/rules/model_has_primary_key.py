"""Rule: model-has-primary-key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from platform_cli.conventions.declared_keys import COMBINATIONS
from platform_cli.conventions.disabled_tests import disabled_tests
from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.graph import Graph
from platform_cli.project.keys import single_keys, unique_columns
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Model
from platform_cli.project.sql.queries import Queries
from platform_cli.project.sql.query import Query


@rule(severity="error")
def model_has_primary_key(
    model: Model,
    graph: Graph,
    layers: Layers,
    project: Project,
    queries: Queries,
    *,
    in_layers: tuple[str, ...] = ("marts",),
    unique_tests: tuple[str, ...] = tuple(COMBINATIONS),
) -> Iterator[Violation]:
    """A model in a mart has a tested primary key.

    ## Why
    Without a key nobody knows what a row is, and the first join that multiplies rows stays unseen.

    A key is a `primary_key` constraint, `unique` and `not_null` on one column (each a test or a
    constraint), or a test of a combination of columns (setting `unique_tests`: names of such
    tests). A test that is disabled proves nothing. A model that makes one row of all, as
    `select count(*) from ...`, needs none.

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
    if _has_constraint(model) or _is_proven(model, tests, unique_tests):
        return
    query = queries.of(model)
    if isinstance(query, Query) and query.one_row:
        return
    if _is_proven(model, disabled_tests(model, project), unique_tests):
        yield Violation(
            "the tests of its primary key are disabled",
            help="take `enabled: false` away, from the tests or from `data_tests:` in "
            "dbt_project.yml",
        )
        return
    message, help_ = "no primary key", "add `data_tests: [unique, not_null]` to the column that "
    help_ += "identifies a row"
    if unique := ", ".join(sorted(unique_columns(tests))):
        message = f"no primary key: {unique} is unique by a test, and may be NULL"
        help_ = "add `not_null` to its data_tests"
    yield Violation(message, help=help_)


def _is_proven(model: Model, tests: Sequence[DataTest], unique_tests: tuple[str, ...]) -> bool:
    if any(test.test_name in unique_tests for test in tests):
        return True
    return bool(single_keys(model, tests))


def _has_constraint(model: Model) -> bool:
    of_columns = (one for column in known(model, "columns").values() for one in column.constraints)
    return any(one.get("type") == "primary_key" for one in (*model.constraints, *of_columns))
