"""Lineage for programs: nodes and edges, versioned."""

from __future__ import annotations

import msgspec

from platform_cli.reporting.lineage import Lineage, LineageNote

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def lineage_as_json(lineage: Lineage) -> str:
    """The start's unique id, the nodes, edges from what is read to who reads it, and notes."""
    document = {
        "version": VERSION,
        "start": lineage.start.unique_id,
        "nodes": lineage.nodes,
        "edges": [{"from": parent, "to": child} for parent, child in lineage.edges],
        "notes": [_note(one) for one in lineage.notes],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _note(one: LineageNote) -> dict[str, object]:
    return {
        "resource": one.resource,
        "message": one.message,
        "path": one.where.path if one.where else None,
        "line": one.where.line if one.where else None,
        "column": one.where.column if one.where else None,
    }
