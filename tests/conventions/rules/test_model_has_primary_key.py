import pytest
from msgspec.structs import replace

from platform_cli.conventions.rules.model_has_primary_key import model_has_primary_key
from platform_cli.project.resources import Column
from tests.resource_builders import a_model, a_test, violations
from tests.rule_builders import checked, found

KEY = {"type": "primary_key", "columns": ["flight_id"]}


def wrong(folder, columns, sql="select 1 as flight_id", *, path="models/marts/fct_a", **settings):
    """What the rule says of a model with these columns."""
    name = path.rpartition("/")[2]
    yaml = f"models:\n  - name: {name}\n    columns: {columns}\n"
    files = {f"{path}.sql": sql, f"{path}.yml": yaml}
    return checked(model_has_primary_key, folder, files, **settings).diagnostics


def test_unique_and_not_null_on_one_column_is_a_key() -> None:
    model = a_model()
    tests = a_test(model, "unique", "flight_id"), a_test(model, "not_null", "FLIGHT_ID")
    assert not violations(model_has_primary_key, model, *tests)


def test_a_constraint_is_a_key_on_the_model_or_on_a_column() -> None:
    column = Column("flight_id", constraints=({"type": "primary_key"},))
    assert not violations(model_has_primary_key, a_model(constraints=(KEY,)))
    assert not violations(model_has_primary_key, a_model(columns={"flight_id": column}))


def test_a_unique_constraint_and_a_not_null_test_are_a_key(tmp_path) -> None:
    columns = "[{name: a, constraints: [{type: unique}], data_tests: [%s]}]"
    assert wrong(tmp_path / "nullable", columns % "")
    assert not wrong(tmp_path / "filled", columns % "not_null")
    other = "[{name: a, constraints: [{type: unique}]}, {name: b, data_tests: [not_null]}]"
    assert wrong(tmp_path / "other", other)


def test_a_test_of_a_combination_is_a_key_and_its_name_is_a_setting(tmp_path) -> None:
    model = a_model()
    combination = a_test(model, "unique_combination_of_columns")
    assert not violations(model_has_primary_key, model, combination)
    assert wrong(tmp_path, "[{name: a, data_tests: [unique]}]", unique_tests=("other",))
    assert not wrong(tmp_path, "[{name: a, data_tests: [unique]}]", unique_tests=("unique",))


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


def test_a_column_that_is_only_unique_is_named(tmp_path) -> None:
    [one] = wrong(tmp_path, "[{name: flight_id, data_tests: [unique]}]")
    assert one.message == "no primary key: flight_id is unique by a test, and may be NULL"
    assert one.help == "add `not_null` to its data_tests"


def test_unique_and_not_null_on_different_columns_is_no_key(tmp_path) -> None:
    columns = "[{name: flight_id, data_tests: [unique]}, {name: carrier, data_tests: [not_null]}]"
    [one] = wrong(tmp_path, columns)
    assert one.message.partition(":")[0] == "no primary key"


def test_a_staging_model_needs_a_key_only_if_the_settings_say_so(tmp_path) -> None:
    path = "models/staging/stg_flights"
    assert not wrong(tmp_path, "[{name: a}]", path=path)
    assert wrong(tmp_path, "[{name: a}]", path=path, in_layers=("staging",))


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("select count(*) as n from {{ ref('stg_a') }}", 0),
        ("with n as (select count(*) as n from {{ ref('stg_a') }}) select * from n", 0),
        ("select a, count(*) as n from {{ ref('stg_a') }} group by a", 1),
        ("select a as n from {{ ref('stg_a') }}", 1),
        ("select a from where", 1),  # not understood: what is declared counts
    ],
)
def test_one_row_needs_no_key(tmp_path, sql, number) -> None:
    (tmp_path / "models/staging").mkdir(parents=True)
    (tmp_path / "models/staging/stg_a.sql").write_text("select 1 as a")
    assert len(wrong(tmp_path, "[{name: n}]", sql)) == number
