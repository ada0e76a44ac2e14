"""The line of a file that a finding is about, with a mark below the word."""

from __future__ import annotations

import re
from pathlib import Path

from platform_cli.errors import Where

WIDEST = 96
"""Characters of a line that are shown."""
_WORD = re.compile(r"""name: *("[^"]*"|'[^']*'|[^\s#,}]+)|\w+(-[a-z]+)*|\S""")
"""An entry of a properties file is found at its `name:`; the name itself is marked, too."""


class Excerpts:
    """The lines of a project's files; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def of(self, where: Where | None) -> list[str]:
        """The line, and one with the mark when the column is known; none when there is no line."""
        lines = self._lines(where.path) if where and where.line else []
        if not where or not where.line or not 0 < where.line <= len(lines):
            return []
        line = lines[where.line - 1].replace("\t", " ")
        at = min((where.column or 1) - 1, len(line))
        start = max(len(line) - len(line.lstrip()), at - WIDEST + 20)
        shown = "".join(char if char.isprintable() else "?" for char in line[start:].rstrip())
        shown = shown if len(shown) <= WIDEST else f"{shown[: WIDEST - 3]}..."
        if not shown:
            return []
        word = _WORD.match(line, at) if where.column else None
        if word is None or at < start:
            return [shown]
        return [shown, " " * (at - start) + "^" * min(len(word[0]), WIDEST)]

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            try:
                text = (self._root / path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._files[path] = text.split("\n")
        return self._files[path]
