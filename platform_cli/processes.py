"""Who another process is: its program and its user, for messages about what it holds."""

from __future__ import annotations

import subprocess
from pathlib import Path

_LONGEST = 100


def describe(pid: int) -> str:
    """`process 42 (python notebook.py, user ada)`; less when the system does not tell."""
    return f"process {pid}" + (f" ({who})" if (who := _from_proc(pid) or _from_ps(pid)) else "")


def _from_proc(pid: int) -> str:
    folder = Path("/proc") / str(pid)
    try:
        command = (folder / "cmdline").read_bytes().decode(errors="replace")
        words = [word for word in command.split("\0") if word]
        return _joined(words[0], " ".join(words[1:]), folder.owner()) if words else ""
    except (OSError, KeyError):
        return ""


def _from_ps(pid: int) -> str:
    try:
        shown = subprocess.run(
            ["ps", "-o", "user=,args=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=2,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    user, _, command = shown.stdout.strip().partition(" ")
    # ps does not tell where the program's path ends; a space in it is rare, and cosmetic.
    program, _, arguments = command.strip().partition(" ")
    return _joined(program, arguments, user)


def _joined(program: str, arguments: str, user: str) -> str:
    line = " ".join([Path(program).name, *arguments.split()])
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 3] + "..."
    return ", ".join(part for part in (line, f"user {user}" if user else "") if part)
