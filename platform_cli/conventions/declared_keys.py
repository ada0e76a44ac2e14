"""The keys that a resource's YAML declares."""

from __future__ import annotations

from typing import Any

from platform_cli.project.graph import Graph
from platform_cli.project.keys import UNIQUE, tested_column
from platform_cli.project.resources import AnyResource, Model

COMBINATIONS = {
    "unique_combination_of_columns": "combination_of_columns",
    "expect_compound_columns_to_be_unique": "column_list",
    "primary_key": "column_names",
}
"""Tests of a combination of columns, whatever package they are from, and the argument with them."""
_KEYS = frozenset({"primary_key", "unique"})


def declared_keys(resource: AnyResource, graph: Graph) -> list[frozenset[str]]:
    """Sets of columns (in lower case) whose values identify a row; a single column is one too."""
    found: list[frozenset[str]] = []
    for test in graph.tests.get(resource.unique_id, ()):
        if test.config.get("where"):
            continue
        column = tested_column(test) if test.test_name in UNIQUE else None
        if column:
            found.append(frozenset({column}))
        elif test.test_name in COMBINATIONS:
            found.append(_columns(test.arguments.get(COMBINATIONS[test.test_name])))
    if isinstance(resource, Model):
        found += [
            _columns(one.get("columns")) for one in resource.constraints if one.get("type") in _KEYS
        ]
        found += [
            frozenset({column.name.lower()})
            for column in resource.columns.values()
            if any(one.get("type") in _KEYS for one in column.constraints)
        ]
    return [key for key in found if key]


def _columns(value: Any) -> frozenset[str]:
    return frozenset(str(one).lower() for one in value) if isinstance(value, list) else frozenset()
