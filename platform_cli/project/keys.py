"""Which columns identify a row, by what the project tests and promises."""

from __future__ import annotations

from collections.abc import Iterable

from platform_cli.project.resources import DataTest, Model

UNIQUE = frozenset({"unique", "expect_column_values_to_be_unique"})
NOT_NULL = frozenset({"not_null", "expect_column_values_to_not_be_null"})
"""Tests of one column that say the same, dbt's own and dbt_expectations'."""


def tested_column(test: DataTest) -> str | None:
    """The column that a test is about, in lower case, whether it hangs on it or on the model."""
    column = test.column_name or test.arguments.get("column_name")
    return str(column).lower() if column else None


def single_keys(model: Model, tests: Iterable[DataTest]) -> frozenset[str]:
    """The columns, in lower case, each of which alone is a key.

    `unique` and `not_null`, each by a test or a constraint, or a `primary_key` constraint of one
    column.
    """
    tests = list(tests)
    unique = _tested(tests, UNIQUE) | _promised(model, "unique")
    filled = _tested(tests, NOT_NULL) | _promised(model, "not_null")
    return frozenset((unique & filled) | _promised(model, "primary_key"))


def unique_columns(tests: Iterable[DataTest]) -> frozenset[str]:
    """The columns, in lower case, that are tested to be unique."""
    return frozenset(_tested(tests, UNIQUE))


def _tested(tests: Iterable[DataTest], names: frozenset[str]) -> set[str]:
    columns = (tested_column(one) for one in tests if one.test_name in names)
    return {one for one in columns if one}


def _promised(model: Model, kind: str) -> set[str]:
    """The columns with such a constraint, of their own or of the model about one column."""
    found = {
        column.name.lower()
        for column in model.columns.values()
        if any(one.get("type") == kind for one in column.constraints)
    }
    for constraint in model.constraints:
        columns = constraint.get("columns")
        if constraint.get("type") == kind and isinstance(columns, list) and len(columns) == 1:
            found.add(str(columns[0]).lower())
    return found
