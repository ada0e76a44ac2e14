from platform_cli.conventions.rules.columns_documented import columns_documented
from platform_cli.project.resources import Column
from tests.resource_builders import a_model, violations


def test_described_columns_are_well() -> None:
    assert not violations(columns_documented, a_model())


def test_each_column_without_a_description_is_found() -> None:
    columns = {"a": Column("a"), "b": Column("b", "TODO"), "c": Column("c", "Minutes.")}
    found = violations(columns_documented, a_model(columns=columns))
    assert [one.anchor for one in found] == ["column:a", "column:b"]


def test_no_declared_columns_is_one_finding_in_a_mart_and_none_in_staging() -> None:
    assert len(violations(columns_documented, a_model(columns={}))) == 1
    staging = a_model(columns={}, path="models/staging/stg_flights.sql")
    assert not violations(columns_documented, staging)
