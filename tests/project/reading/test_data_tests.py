# ruff: noqa: E501  (YAML and Jinja read better on one line)
from pathlib import Path
from typing import Any

from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest
from tests.read_builders import load

MODEL = {"models/orders.sql": "select 1 as id", "models/other.sql": "select 1 as id"}


def read_tests(root: Path, yaml: str, **more: str) -> tuple[Project, list[DataTest]]:
    project = load(root, {**MODEL, "models/_models.yml": yaml, **more})
    return project, list(project.of(DataTest))


def test_column_tests_know_their_column_and_model(tmp_path: Path) -> None:
    _, (test,) = read_tests(
        tmp_path,
        """\
        models:
          - name: orders
            columns:
              - name: id
                tags: [key]
                data_tests: [not_null]
        """,
    )
    assert test.unique_id.startswith("test.shop.not_null_orders_id.")
    assert (test.column_name, test.attached_node) == ("id", "model.shop.orders")
    assert test.depends_on == ("model.shop.orders",)
    assert test.tags == ("key",)
    assert test.schema == "main_dbt_test__audit"
    assert test.config["severity"] == "ERROR"


def test_arguments_and_config_may_stand_in_both_places(tmp_path: Path) -> None:
    _, found = read_tests(
        tmp_path,
        """\
        models:
          - name: orders
            tests:
              - relationships: {to: ref('other'), field: id, column_name: id, severity: warn}
              - relationships:
                  name: my_own_name
                  arguments: {to: ref('other'), field: id}
                  config: {severity: warn, where: "id > 1"}
        """,
    )
    assert [test.config["severity"] for test in found] == ["warn", "warn"]
    assert {test.depends_on for test in found} == {("model.shop.other", "model.shop.orders")}
    assert found[1].name == "my_own_name"
    assert found[1].config["where"] == "id > 1"
    assert found[1].arguments["field"] == "id"


def test_a_quoted_column_is_quoted_in_its_tests(tmp_path: Path) -> None:
    _, (test,) = read_tests(
        tmp_path,
        "models: [{name: orders, columns: [{name: Id, quote: true, data_tests: [unique]}]}]",
    )
    assert test.column_name == '"Id"'
    assert test.name == "unique_orders__Id_"


def test_a_wrong_entry_is_a_problem_and_the_others_stay(tmp_path: Path) -> None:
    project, found = read_tests(
        tmp_path,
        """\
        models:
          - name: orders
            columns:
              - name: id
                data_tests:
                  - accepted_values:
                    values: [1]
                  - not_null
        """,
    )
    assert [test.test_name for test in found] == ["not_null"]
    assert "indented" in project.problems[0].message


def test_a_test_of_a_disabled_model_is_switched_off(tmp_path: Path) -> None:
    project, (test,) = read_tests(
        tmp_path,
        "models: [{name: orders, config: {enabled: false}, data_tests: [{unique: {column_name: id}}]}]",
    )
    assert "model.shop.orders" in project.disabled
    assert not test.enabled
    assert test.depends_on == ()
    assert [problem.severity for problem in project.problems] == ["warn"]


def test_the_projects_own_generic_test_adds_its_config(tmp_path: Path) -> None:
    macro = """\
    {% test even(model, column_name) %}
      {{ config(fail_calc='sum(n)', severity='warn') }}
      select 1 from {{ model }}
    {% endtest %}
    """
    _, (test,) = read_tests(
        tmp_path,
        "models: [{name: orders, columns: [{name: id, data_tests: [{even: {severity: error}}]}]}]",
        **{"tests/generic/even.sql": macro},
    )
    assert (test.config["fail_calc"], test.config["severity"]) == ("sum(n)", "error")


def test_source_tests_depend_on_the_source(tmp_path: Path) -> None:
    yaml: Any = "sources: [{name: raw, tables: [{name: t, columns: [{name: c, tests: [unique]}]}]}]"
    _, (test,) = read_tests(tmp_path, yaml)
    assert test.name == "source_unique_raw_t_c"
    assert test.depends_on == ("source.shop.raw.t",)
