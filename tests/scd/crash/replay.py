"""Sends recorded statements to DuckDB again: in a process that is killed on the way, or whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.scd.crash.image import Image, image_of
from tests.scd.crash.project import environment
from tests.scd.crash.record import Statements


@dataclass(frozen=True)
class Reference:
    """What a whole replay does: the file's content after so many commits, and each step's time."""

    states: list[Image]
    seconds: list[float]


@dataclass(frozen=True)
class Kill:
    """A moment: this many seconds after the statement began. One past the last is the closing."""

    statement: int
    after: float


def send(
    connection: duckdb.DuckDBPyConnection, statements: Statements, begins: Callable[[int], None]
) -> None:
    """Each thread of dbt's has its own cursor, and so its own transaction."""
    cursors: dict[str, duckdb.DuckDBPyConnection] = {}
    for n, (thread, sql) in enumerate(statements):
        begins(n)
        cursors.setdefault(thread, connection.cursor()).execute(sql).fetchall()


def reference(database: Path, statements: Statements) -> Reference:
    """Replay in this process, looking at everything after every commit."""
    states: list[Image] = []
    seconds: list[float] = []
    connection = duckdb.connect(str(database))
    begun = 0.0

    def begins(n: int) -> None:
        nonlocal begun
        if n:
            seconds.append(time.monotonic() - begun)
        if n == 0 or statements[n - 1][1] == "COMMIT":
            states.append(image_of(connection.cursor()))
        begun = time.monotonic()

    send(connection, statements, begins)
    begins(len(statements))
    connection.close()
    return Reference(states, [*seconds, time.monotonic() - begun])


def killed(database: Path, file: Path, kill: Kill) -> int:
    """Replay in a process that is killed; the number of the statement that was under way."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.scd.crash.replay", str(database), str(file)],
        env=environment(),
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout
        for line in child.stdout:
            if int(line) == kill.statement:
                time.sleep(kill.after)
                child.kill()
                break
        return [kill.statement, *map(int, child.stdout.read().split())][-1]


def main() -> None:
    """Say the number of each statement before it is sent, and one more before the closing."""
    database, file = sys.argv[1:]
    statements = json.loads(Path(file).read_text(encoding="utf-8"))

    def say(n: int) -> None:
        os.write(1, b"%d\n" % n)

    # Opened before the first word: what is killed is the run.
    connection = duckdb.connect(database)
    send(connection, statements, say)
    say(len(statements))
    connection.close()
    say(len(statements) + 1)


if __name__ == "__main__":
    main()
