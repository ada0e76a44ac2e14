"""Files about to be written, or written, for programs; versioned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


class _File(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def verb(self) -> str: ...
    @property
    def text(self) -> str: ...
    def diff(self) -> str: ...


def plan_as_json(files: Sequence[_File], notes: Sequence[str], after: str, *, written: bool) -> str:
    """As `changes_as_json`, with the whole texts, what is to be said, and what is next."""
    document = {
        "version": VERSION,
        "written": written,
        "changes": [
            {
                "path": one.path,
                "old_path": None,
                "verb": one.verb,
                "diff": one.diff(),
                "text": one.text,
            }
            for one in files
        ],
        "notes": list(notes),
        "next": after,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
