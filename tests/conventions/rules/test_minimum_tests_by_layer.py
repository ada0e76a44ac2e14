import pytest

from platform_cli.conventions.rules.minimum_tests_by_layer import minimum_tests_by_layer
from tests.rule_builders import found

FILES = {
    "models/staging/stg_a.sql": "select 1 as id",
    "models/staging/stg_a.yml": "models:\n  - name: stg_a\n    columns: [{name: id}]\n",
    "models/marts/fct_a.sql": "select * from {{ ref('stg_a') }}",
}


def test_a_model_without_tests_is_found_in_the_layers_that_need_some(tmp_path) -> None:
    assert found(minimum_tests_by_layer, tmp_path, FILES) == [
        "models/staging/stg_a.yml:2:5 no tests; a model in staging needs 1"
    ]
    assert len(found(minimum_tests_by_layer, tmp_path, FILES, tests={"marts": 2})) == 1


PROMISED = "columns: [{name: id, data_type: int, constraints: [{type: not_null}]}]"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "models/staging/stg_a.yml",
            "models: [{name: stg_a, columns: [{name: id, data_tests: [unique]}]}]",
        ),
        ("tests/a.sql", "select * from {{ ref('stg_a') }} where id is null"),
        (
            "models/staging/u.yml",
            "unit_tests: [{name: u, model: stg_a, given: [], expect: {rows: [{id: 1}]}}]",
        ),
        (
            "models/staging/stg_a.yml",
            f"models: [{{name: stg_a, config: {{contract: {{enforced: true}}}}, {PROMISED}}}]",
        ),
        ("models/staging/stg_a.sql", "{{ config(materialized='ephemeral') }} select 1 as id"),
    ],
)
def test_any_sort_of_test_counts(tmp_path, path, text) -> None:
    assert not found(minimum_tests_by_layer, tmp_path, FILES | {path: text + "\n"})
    if "ephemeral" not in text:
        [line] = found(minimum_tests_by_layer, tmp_path, FILES | {path: text}, tests={"staging": 2})
        assert "1 test; a model in staging needs 2" in line


def test_tests_that_are_disabled_do_not_count_and_are_named(tmp_path) -> None:
    off = "{unique: {config: {enabled: false}}}"
    yaml = f"models: [{{name: stg_a, columns: [{{name: id, data_tests: [{off}]}}]}}]\n"
    files = FILES | {"models/staging/stg_a.yml": yaml}
    [line] = found(minimum_tests_by_layer, tmp_path, files)
    assert "no tests (1 is disabled); a model in staging needs 1" in line
