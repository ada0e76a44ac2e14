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
        return _joined(" ".join(words), folder.owner())
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
    return _joined(command.strip(), user)


def _joined(command: str, user: str) -> str:
    program, _, arguments = " ".join(command.split()).partition(" ")
    line = f"{Path(program).name} {arguments}".strip()
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 3] + "..."
    return ", ".join(part for part in (line, f"user {user}" if user else "") if part)
