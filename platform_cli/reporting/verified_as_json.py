"""What `platform snapshot verify` found, for programs: a versioned JSON document."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from platform_cli.reporting.verified import Verified

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def verified_as_json(found: Iterable[Verified]) -> str:
    """One entry per snapshot; `table` is null when it has no history yet."""
    document = {"version": VERSION, "snapshots": [_one(one) for one in found]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _one(one: Verified) -> dict[str, object]:
    return {
        "snapshot": one.snapshot,
        "table": one.table or None,
        "sound": one.sound,
        "versions": one.versions,
        "open": one.open,
        "faults": [
            {"fault": each.name, "what": each.what, "keys": each.keys, "examples": each.examples}
            for each in one.faults
        ],
        "problem": one.problem or None,
        "note": one.note or None,
        "key_change": one.key_change or None,
    }
