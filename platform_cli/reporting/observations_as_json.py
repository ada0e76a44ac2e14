"""What the doctor saw, for programs: a versioned JSON document."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from platform_cli.reporting.observation import Observation

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def observations_as_json(seen: Iterable[Observation]) -> str:
    """Every observation in the order it was made."""
    document = {"version": VERSION, "observations": list(seen)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
