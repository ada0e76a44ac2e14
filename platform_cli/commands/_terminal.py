"""What kind of reader is at the other end."""

from __future__ import annotations

import shutil
import sys


def terminal_width() -> int | None:
    """The cells of a line on the terminal; None when the output goes to a file or a program."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def on_terminal() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()
