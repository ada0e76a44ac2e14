"""`api.Column`: the names of types without the adapter itself."""

from __future__ import annotations

import pytest

from platform_cli.project.jinja.column_types import ColumnType
from platform_cli.project.jinja.dialect import Unknown


@pytest.mark.parametrize(
    ("adapter", "string", "float_", "timestamp"),
    [
        ("duckdb", "TEXT", "float", "timestamp"),
        ("postgres", "TEXT", "float", "timestamp"),
        ("redshift", "TEXT", "float", "timestamp"),
        ("snowflake", "TEXT", "float", "timestamp"),
        ("bigquery", "string", "FLOAT64", "timestamp"),
        ("trino", "VARCHAR", "DOUBLE", "timestamp"),
        ("athena", "VARCHAR", "float", "timestamp"),
    ],
)
def test_a_type_is_called_what_the_adapter_calls_it(
    adapter: str, string: str, float_: str, timestamp: str
) -> None:
    types = ColumnType(adapter)
    assert types.translate_type("string") == string
    assert types.translate_type("float") == float_
    assert types.translate_type("timestamp") == timestamp


def test_sizes() -> None:
    assert ColumnType("snowflake").string_type(16) == "character varying(16)"
    assert ColumnType("trino").string_type(16) == "varchar(16)"
    assert ColumnType("snowflake").numeric_type("numeric", 28, 6) == "numeric(28,6)"
    assert ColumnType("snowflake").numeric_type("numeric", None, None) == "numeric"
    assert ColumnType("bigquery").numeric_type("numeric", 28, 6) == "numeric"


def test_an_adapter_that_nobody_has_looked_at_is_unknown() -> None:
    with pytest.raises(Unknown, match="the types of teradata"):
        ColumnType("teradata").translate_type("string")
    with pytest.raises(Unknown, match="the types of teradata"):
        ColumnType("teradata").string_type(16)
    with pytest.raises(Unknown, match="the types of teradata"):
        ColumnType("teradata").numeric_type("numeric", 1, 1)
