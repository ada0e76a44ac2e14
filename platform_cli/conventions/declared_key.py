"""The key that a model declares somewhere, as far as files say it."""

from __future__ import annotations

from collections.abc import Iterable

from platform_cli.project.resources import DataTest, Model


def declared_key(model: Model, tests: Iterable[DataTest]) -> tuple[str, ...]:
    """The columns of its unique_key or primary key, or a column that is tested to be unique.

    Nothing when none is declared, or when only dbt can tell.
    """
    wish = None if "config.unique_key" in model.undecided else model.config.get("unique_key")
    if isinstance(wish, str) and wish.isidentifier():
        return (wish,)
    if isinstance(wish, list) and wish and all(isinstance(one, str) for one in wish):
        return tuple(wish)
    for constraint in model.constraints:
        if constraint.get("type") == "primary_key" and constraint.get("columns"):
            return tuple(map(str, constraint["columns"]))
    for column in model.columns.values():
        if any(one.get("type") == "primary_key" for one in column.constraints):
            return (column.name,)
    unique = {one.column_name for one in tests if one.test_name == "unique" and _always(one)}
    found = [one.name for one in model.columns.values() if one.name in unique]
    return (found[0],) if len(found) == 1 else ()


def _always(test: DataTest) -> bool:
    """Whether the test is of all rows."""
    return not test.config.get("where") and "config.where" not in test.undecided
