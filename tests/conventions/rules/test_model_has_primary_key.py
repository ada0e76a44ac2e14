from platform_cli.conventions.rules.model_has_primary_key import model_has_primary_key
from platform_cli.project.resources import Column
from tests.resource_builders import a_model, a_test, violations

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


def test_unique_and_not_null_on_different_columns_is_no_key() -> None:
    model = a_model()
    tests = a_test(model, "unique", "flight_id"), a_test(model, "not_null", "carrier")
    found = violations(model_has_primary_key, model, *tests)
    assert [one.message for one in found] == ["no primary key"]


def test_a_staging_model_needs_a_key_only_if_the_settings_say_so() -> None:
    model = a_model(path="models/staging/stg_flights.sql")
    assert not violations(model_has_primary_key, model)
    assert violations(model_has_primary_key, model, in_layers=("staging",))
