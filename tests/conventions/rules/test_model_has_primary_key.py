from msgspec.structs import replace

from platform_cli.conventions.rules.model_has_primary_key import model_has_primary_key
from platform_cli.project.resources import Column
from tests.resource_builders import a_model, a_test, violations
from tests.rule_builders import found

KEY = {"type": "primary_key", "columns": ["flight_id"]}


def test_unique_and_not_null_on_one_column_is_a_key() -> None:
    model = a_model()
    tests = a_test(model, "unique", "flight_id"), a_test(model, "not_null", "FLIGHT_ID")
    assert not violations(model_has_primary_key, model, *tests)


def test_a_constraint_is_a_key_on_the_model_or_on_a_column() -> None:
    column = Column("flight_id", constraints=({"type": "primary_key"},))
    assert not violations(model_has_primary_key, a_model(constraints=(KEY,)))
    assert not violations(model_has_primary_key, a_model(columns={"flight_id": column}))


def test_a_test_of_a_combination_is_a_key_and_its_name_is_a_setting() -> None:
    model = a_model()
    combination = a_test(model, "unique_combination_of_columns")
    assert not violations(model_has_primary_key, model, combination)
    assert violations(model_has_primary_key, model, combination, unique_tests=("other",))


def test_tests_that_hang_on_the_model_name_their_column() -> None:
    model = a_model()
    arguments = {"column_name": "flight_id"}
    unique = replace(a_test(model, "unique"), arguments=arguments)
    not_null = replace(a_test(model, "not_null"), arguments=arguments)
    assert not violations(model_has_primary_key, model, unique, not_null)


def test_dbt_expectations_has_other_names_for_it() -> None:
    model = a_model()
    assert not violations(
        model_has_primary_key, model, a_test(model, "expect_compound_columns_to_be_unique")
    )
    unique = a_test(model, "expect_column_values_to_be_unique", "flight_id")
    not_null = a_test(model, "expect_column_values_to_not_be_null", "flight_id")
    assert not violations(model_has_primary_key, model, unique, not_null)


def test_a_key_whose_tests_are_disabled_is_said_so(tmp_path) -> None:
    columns = "[{name: id, data_tests: [unique, not_null]}]"
    files = {
        "models/marts/fct_a.sql": "select 1 as id",
        "models/marts/fct_a.yml": f"models:\n  - name: fct_a\n    columns: {columns}\n",
    }
    assert not found(model_has_primary_key, tmp_path, files)
    off = "name: shop\nprofile: shop\nversion: '1'\ndata_tests: {shop: {+enabled: false}}\n"
    [line] = found(model_has_primary_key, tmp_path, files | {"dbt_project.yml": off})
    assert "the tests of its primary key are disabled" in line


def test_a_column_that_is_only_unique_is_named() -> None:
    model = a_model()
    [one] = violations(model_has_primary_key, model, a_test(model, "unique", "flight_id"))
    assert one.message == "no primary key: flight_id is unique by a test, and may be NULL"
    assert one.help == "add `not_null` to its data_tests"


def test_unique_and_not_null_on_different_columns_is_no_key() -> None:
    model = a_model()
    tests = a_test(model, "unique", "flight_id"), a_test(model, "not_null", "carrier")
    wrong = violations(model_has_primary_key, model, *tests)
    assert [one.message.partition(":")[0] for one in wrong] == ["no primary key"]


def test_a_staging_model_needs_a_key_only_if_the_settings_say_so() -> None:
    model = a_model(path="models/staging/stg_flights.sql")
    assert not violations(model_has_primary_key, model)
    assert violations(model_has_primary_key, model, in_layers=("staging",))
