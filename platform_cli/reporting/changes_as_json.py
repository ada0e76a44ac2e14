"""What becomes of files, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

VERSION = 1


class _Change(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def old_path(self) -> str: ...
    @property
    def verb(self) -> str: ...
    def diff(self) -> str: ...


def changes_as_json(
    changes: Sequence[_Change], *, written: bool, details: Mapping[str, Any]
) -> str:
    """Each file with its verb and diff, whether it is written, and what the command adds."""
    document = {
        "version": VERSION,
        "written": written,
        "changes": [
            {
                "path": one.path,
                "old_path": one.old_path or None,
                "verb": one.verb,
                "diff": one.diff(),
            }
            for one in changes
        ],
        **details,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
