"""Lineage for programs: nodes and edges, versioned."""

from __future__ import annotations

import msgspec

from platform_cli.reporting.lineage import Lineage

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def lineage_as_json(lineage: Lineage) -> str:
    """The start's unique id, the nodes, and edges from what is read to who reads it."""
    document = {
        "version": VERSION,
        "start": lineage.start.unique_id,
        "nodes": lineage.nodes,
        "edges": [{"from": parent, "to": child} for parent, child in lineage.edges],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
