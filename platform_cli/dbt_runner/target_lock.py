"""One dbt at a time in a target folder: two of them damage each other's `manifest.json`."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.processes import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TextIO

_NAME = ".platform.lock"
_PAUSE = 0.2


@contextmanager
def target_lock(target: Path, on_wait: Callable[[str], None], wait: float) -> Iterator[None]:
    """Hold the target folder while dbt works in it.

    Waits for at most `wait` seconds, telling `on_wait` once for whom. The kernel lets go of
    the lock when its process ends, however it ends, so a stale file does not matter.
    Raises PlatformError (exit code 3) when the wait was in vain or the folder is read-only.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        # Append mode: opening must not wipe the holder's id.
        lock = (target / _NAME).open("a+", encoding="utf-8")
    except OSError as error:
        taken = isinstance(error, FileExistsError | NotADirectoryError)
        why = "a file is where their folder should be" if taken else error.strerror
        raise PlatformError(
            f"dbt cannot write its results: {why}",
            where=Where(str(target)),
            hint="dbt needs a folder it can write to; `--target-path DIR` or the variable"
            " DBT_TARGET_PATH names another one",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    with lock:
        _acquire(lock, target, on_wait, wait)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _acquire(lock: TextIO, target: Path, on_wait: Callable[[str], None], wait: float) -> None:
    import fcntl

    deadline = time.monotonic() + wait
    told = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(lock)
        else:
            return
        if not told and wait:
            on_wait(f"{holder} works in the same target folder; at most {wait:.0f} s")
            told = True
        if time.monotonic() >= deadline:
            raise PlatformError(
                f"{holder} is using the target folder, still after {wait:.0f} s"
                if wait
                else f"{holder} is using the target folder",
                where=Where(str(target)),
                hint="wait for it to finish, or give this run its own folder with"
                " `--target-path DIR`",
                exit_code=ExitCode.ENVIRONMENT,
            )
        time.sleep(_PAUSE)


def _holder(lock: TextIO) -> str:
    lock.seek(0)
    text = lock.read().strip()
    return describe(int(text)) if text.isdigit() else "another process"
