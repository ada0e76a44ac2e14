"""One process at a time in a DuckDB file: whoever comes second waits, for a bounded time."""

from __future__ import annotations

import struct
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platform_cli.database_file import explain, locked_file
from platform_cli.errors import ExitCode, PlatformError

if TYPE_CHECKING:
    from collections.abc import Callable

    from platform_cli.dbt_runner.engine import Answer
    from platform_cli.dbt_runner.events import Events

_PAUSE = 0.2
_BLIND_PAUSE = 2.0
"""Where the system does not tell who holds a file, every look is an attempt by dbt."""


def once_free(attempt: Callable[[Any], Answer], events: Events, wait: float) -> Answer:
    """What `attempt` answers once no other process holds the database file.

    `attempt` takes the manifest of the attempt before it, or None. dbt opens the file before it
    does anything else, so an attempt in vain has done nothing. Waits for at most `wait` seconds,
    and says once for whom.
    Raises PlatformError (exit code 3) when the wait was in vain.
    """
    answer = attempt(None)
    # From here on, because to start dbt may take longer than somebody wants to wait.
    deadline = time.monotonic() + wait
    told = False
    while held := _held(answer, events):
        file, refusal = held
        if time.monotonic() >= deadline:
            raise _in_vain(refusal, wait) if told else refusal
        if not told:
            events.tell("waiting", f"{refusal.message}; at most {wait:.0f} s")
            told = True
        _until_free(file, deadline)
        answer = attempt(answer.manifest)
    return answer


def _held(answer: Answer, events: Events) -> tuple[str, PlatformError] | None:
    """The file that another process holds, and what a user is told of it."""
    complaint = str(answer.error or "")
    file = locked_file(complaint)
    refusal = explain(complaint) if file and not events.finished else None
    return (file, refusal) if file and refusal else None


def _in_vain(refusal: PlatformError, wait: float) -> PlatformError:
    return PlatformError(
        f"{refusal.message}, still after {wait:.0f} s",
        hint=f"{refusal.hint}\n`--wait SECONDS` (or PLATFORM_CLI_WAIT): wait longer, or not at all",
        where=refusal.where,
        exit_code=ExitCode.ENVIRONMENT,
    )


def _until_free(file: str, deadline: float) -> None:
    if sys.platform != "linux":
        time.sleep(_BLIND_PAUSE)
        return
    while time.monotonic() < deadline:
        time.sleep(_PAUSE)
        if not _is_locked(file):
            return


def _is_locked(file: str) -> bool:
    """Whether another process has a lock on it. Only asks: to try for one would get in the way
    of a third process that opens the file in this moment.
    """
    import fcntl

    # struct flock: type, whence, start, length (0: to the end), process.
    question = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
    try:
        with Path(file).open("rb") as opened:
            answer = fcntl.fcntl(opened, fcntl.F_GETLK, question)
    except OSError:
        return False
    return bool(struct.unpack_from("h", answer)[0] != fcntl.F_UNLCK)
