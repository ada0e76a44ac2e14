"""The lineage of a column, and coverage, for programs: versioned."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from platform_cli.reporting.column_lineage import ColumnCoverage, ColumnLineage, ColumnNode
from platform_cli.reporting.lineage import LineageNode

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def column_lineage_as_json(lineage: ColumnLineage) -> str:
    """The start, all columns, edges from a column to what is made of it, readers and coverage."""
    columns = lineage.columns
    return _written(
        {
            "version": VERSION,
            "start": _id(columns[0]),
            "columns": [
                {
                    "resource": one.resource.unique_id,
                    "column": one.column,
                    "type": one.type,
                    "how": one.how,
                    "why": one.why,
                }
                for one in columns
            ],
            "edges": [
                {"from": _id(columns[parent]), "to": _id(columns[child]), "how": columns[child].how}
                for parent, child in lineage.edges
            ],
            "readers": [
                {
                    "resource": one.resource.unique_id,
                    "column": _id(columns[one.column]),
                    "clauses": one.clauses,
                    "why": one.why,
                }
                for one in lineage.readers
            ],
            "resources": list(_resources(lineage)),
            "coverage": _counts(lineage.coverage),
        }
    )


def coverage_as_json(coverage: ColumnCoverage) -> str:
    """The counts, and what is unknown."""
    return _written({"version": VERSION, "coverage": _counts(coverage)})


def _resources(lineage: ColumnLineage) -> Iterable[LineageNode]:
    """Those of the columns and of the readers, each once."""
    found = {one.resource.unique_id: one.resource for one in lineage.columns}
    return {**found, **{one.resource.unique_id: one.resource for one in lineage.readers}}.values()


def _counts(coverage: ColumnCoverage) -> dict[str, object]:
    return {
        "known": coverage.known,
        "columns": coverage.columns,
        "resources": coverage.resources,
        "unknown": [{"column": name, "why": why} for name, why in coverage.unknown],
        "open": [{"resource": name, "why": why} for name, why in coverage.open],
    }


def _id(node: ColumnNode) -> dict[str, str]:
    return {"resource": node.resource.unique_id, "column": node.column}


def _written(document: object) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
