"""Many files at once: in several processes, when there are enough to pay for starting them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TypeAlias

from platform_cli.style.fault import Outcome, Task

MANY = 32
"""Files. A process costs as much as a dozen of them: it starts, and learns the dialect."""
_AT_ONCE = 8
Progress: TypeAlias = Callable[[int, int], None]


def lint_all(tasks: Sequence[Task], progress: Progress | None = None) -> list[Outcome]:
    """What sqlfluff finds in each; `progress` is told how many of how many are done.

    Raises PlatformError when it refuses the project's settings.
    """
    from platform_cli.style.linter import forget_settings, lint, settings_of

    forget_settings()
    for files, adapter in {(one.files, one.adapter) for one in tasks}:
        settings_of(files, adapter)
    processes = min(_processors(), len(tasks) // (MANY // 2))
    with ExitStack() as stack:
        outcomes: Iterator[Outcome] = map(lint, tasks)
        if len(tasks) >= MANY and processes > 1:
            from concurrent.futures import ProcessPoolExecutor

            pool = stack.enter_context(ProcessPoolExecutor(processes))
            outcomes = pool.map(lint, tasks, chunksize=_AT_ONCE)
        found: list[Outcome] = []
        while len(found) < len(tasks):
            if progress:
                progress(len(found), len(tasks))
            found.append(next(outcomes))
        if progress:
            progress(len(found), len(tasks))
        return found


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1
