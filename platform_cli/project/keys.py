"""Which columns identify a row, by what the project tests and promises."""

from __future__ import annotations

from collections.abc import Iterable

from platform_cli.project.resources import DataTest, Model


def single_keys(model: Model, tests: Iterable[DataTest]) -> frozenset[str]:
    """The columns, in lower case, each of which alone is a key.

    Tested `unique` and `not_null`, or a `primary_key` constraint of one column.
    """
    by_name: dict[str, set[str]] = {"unique": set(), "not_null": set()}
    for test in tests:
        if test.test_name in by_name and test.column_name:
            by_name[test.test_name].add(test.column_name.lower())
    found = by_name["unique"] & by_name["not_null"]
    for column in model.columns.values():
        if any(one.get("type") == "primary_key" for one in column.constraints):
            found.add(column.name.lower())
    for constraint in model.constraints:
        columns = constraint.get("columns")
        if constraint.get("type") == "primary_key" and isinstance(columns, list):
            found |= {str(columns[0]).lower()} if len(columns) == 1 else set()
    return frozenset(found)
