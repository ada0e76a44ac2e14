"""What a whole process costs: CPU seconds of it and its children, and its peak memory."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Without bytecode every start would compile every import: nobody's machine works like that.
_HERE = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Command:
    """What is started, where, with what more in the environment; `prepare` is not measured.

    `accepted` are the exit codes that mean that the work was done: `platform check` ends with 1
    when it finds something. `says` is in the output of a run that did its work.
    """

    arguments: Sequence[str]
    cwd: Path
    environment: Mapping[str, str]
    prepare: Callable[[], None] = lambda: None
    accepted: tuple[int, ...] = (0,)
    says: str = ""


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system), peak resident memory in MB, and seconds by the clock."""

    cpu: float
    memory: float
    wall: float = 0.0


def cost_of(command: Command) -> Cost:
    """The cost of one run. Raises RuntimeError with the output when it ends badly."""
    return run_of(command)[0]


def run_of(command: Command) -> tuple[Cost, str]:
    """The cost of one run and what it said. Raises RuntimeError when it ends badly."""
    command.prepare()
    with tempfile.TemporaryFile() as output:
        where = os.fspath(command.cwd)
        actions = [
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, output.fileno(), 2),
        ]
        start = time.monotonic()
        # posix_spawn has no folder to start in; a shell that changes into it costs a millisecond.
        pid = os.posix_spawn(
            "/bin/sh",
            ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", where, *command.arguments],
            {**_HERE, **command.environment},
            file_actions=actions,
        )
        _, status, used = os.wait4(pid, 0)
        wall = time.monotonic() - start
        code = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace")
        if code not in command.accepted or command.says not in said:
            raise RuntimeError(f"{' '.join(command.arguments)} ended with {code}:\n{said[-2000:]}")
    cost = Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * RSS_UNIT / 1e6, wall)
    return cost, said


def alternate(commands: Sequence[Command], runs: int) -> list[Cost]:
    """The medians, one per command.

    The commands take turns, so that a busy minute of the machine hits all of them. The first
    round fills the file system's cache and is thrown away.
    """
    rounds = [[cost_of(command) for command in commands] for _ in range(runs + 1)][1:]
    return [
        Cost(
            statistics.median(cost.cpu for cost in costs),
            statistics.median(cost.memory for cost in costs),
            statistics.median(cost.wall for cost in costs),
        )
        for costs in zip(*rounds, strict=True)
    ]
