"""A run of dbt for programs: a versioned JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from platform_cli.dbt_runner import NodeResult, RunResult

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def run_as_json(command: str, result: RunResult) -> str:
    """Every node with its outcome; paths are relative to the project's root, times in seconds.

    `snapshots` has the counts of those that platform_macros took.
    """
    document = run_document(command, result)
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def run_document(command: str, result: RunResult) -> dict[str, object]:
    """The same before it becomes text."""
    return {
        "version": VERSION,
        "command": command,
        "outcome": "interrupted"
        if result.interrupted
        else "failed"
        if result.failed or result.skipped
        else "success",
        "elapsed": round(result.elapsed, 3),
        "nodes": [_node(node) for node in result.nodes],
        "warnings": result.warnings,
        "prints": result.prints,
        "snapshots": [
            {
                "name": one.name,
                "counts": dict(one.counts),
                "refusals": [
                    {"name": each.name, "message": each.message, "keys": each.keys}
                    for each in one.refusals
                ],
            }
            for one in result.snapshots
        ],
    }


def _node(node: NodeResult) -> dict[str, object]:
    return {
        "unique_id": node.unique_id,
        "name": node.name,
        "resource_type": node.resource_type,
        "status": node.status,
        "message": node.message or None,
        "seconds": round(node.seconds, 3),
        "path": node.path or None,
        "line": node.line,
        "compiled_path": node.compiled_path or None,
        "compiled_line": node.compiled_line,
        "relation": node.relation or None,
        "rows_affected": node.rows_affected,
        "failures": node.failures,
        "skipped_because": node.skipped_because,
    }
