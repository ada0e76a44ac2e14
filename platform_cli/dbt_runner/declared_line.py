"""The line at which a file declares a resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def declared_line(name: str, file: Path) -> int | None:
    """The line with its name in YAML, or of its `{% snapshot %}`; None unless there is just one."""
    escaped = re.escape(name)
    return only_line(
        re.compile(
            rf"""^\s*(?:-\s+)?name:\s*['"]?{escaped}['"]?\s*(?:#.*)?$"""
            rf"""|{{%-?\s*snapshot\s+{escaped}\s*-?%}}"""
        ),
        source_text(file),
    )


def only_line(wanted: re.Pattern[str], code: str) -> int | None:
    """The number of the one line that the pattern finds, None when there are more or none."""
    found = [n for n, line in enumerate(code.splitlines(), 1) if wanted.search(line)]
    return found[0] if len(found) == 1 else None


def source_text(file: Path) -> str:
    """The file as people see it: dbt's copy lacks the blank lines at its beginning."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
