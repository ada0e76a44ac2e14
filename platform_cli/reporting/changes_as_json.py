"""What becomes of files, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from platform_cli.reporting.shown import Shown

VERSION = 1


def changes_as_json(changes: Sequence[Shown], *, written: bool, details: Mapping[str, Any]) -> str:
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
