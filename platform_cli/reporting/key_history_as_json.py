"""The versions of one key for programs: a versioned JSON document."""

from __future__ import annotations

import json

from platform_cli.reporting.key_history import KeyHistory
from platform_cli.reporting.table import plain

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def key_history_as_json(history: KeyHistory) -> str:
    """One object: `version`, `snapshot`, `key` and `versions`; `valid_to` is null while open."""
    return json.dumps(
        {
            "version": VERSION,
            "snapshot": history.snapshot,
            "key": list(history.key),
            "versions": [
                {
                    "valid_from": plain(one.valid_from),
                    "valid_to": plain(one.valid_to),
                    "deleted": one.deleted,
                    "changed": list(one.changed),
                    "values": {name: plain(value) for name, value in one.values.items()},
                }
                for one in history.versions
            ],
        },
        ensure_ascii=False,
    )
