"""kill -9 in the middle of a run: the file holds the old state or the new one, nothing between.

Most kills hit a process that sends DuckDB the statements of a real `dbt snapshot`, recorded from
dbt's own events, in dbt's order and transactions; that a whole replay leaves what dbt left is
part of the test. They show that no moment between or within the statements, the commits and the
closing of the file is a bad one. What dbt does besides statements is hit by the whole processes in
`test_whole_processes`. None of this is a power failure: what the kernel had taken over from the
process is on the disk; `test_a_log_that_ends_anywhere` cuts the write-ahead log for that.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import duckdb
import pytest

from tests.scd.crash.image import differences, image
from tests.scd.crash.project import (
    CHANGES,
    FILE,
    FIRST,
    ROWS,
    SECOND,
    crash_project,
    source,
    start_dbt,
)
from tests.scd.crash.record import Recorded, Step, record
from tests.scd.crash.replay import Kill, Reference, killed, reference, send

FIRST_LOAD = Step("first load", None, ROWS, FIRST)
SECOND_RUNS = {name: Step(name, FIRST_LOAD.name, sql, SECOND) for name, sql in CHANGES.items()}
AGAIN = [Step(f"{name}, again", name, "select 1", SECOND) for name in CHANGES]
"""The same input again, after a run that came through."""
KINDS = ["in place", "written anew"]
EVERY_KIND = [FIRST_LOAD.name, *CHANGES]


@dataclass(frozen=True)
class Played:
    run: Recorded
    again: Recorded | None
    file: Path
    database: Path
    whole: Reference

    @property
    def commits(self) -> list[int]:
        """Those that change something: dbt has others around what it reads."""
        states = self.whole.states
        every = [n for n, (_, sql) in enumerate(self.run.statements) if sql == "COMMIT"]
        return [n for n, old, new in zip(every, states, states[1:], strict=False) if old != new]


def recorded(folder: Path, steps: list[Step], rows: int) -> dict[str, Played]:
    runs = record(crash_project(folder), steps, rows)
    played = {}
    for name in [name for name in EVERY_KIND if name in runs]:
        run, file = runs[name], folder / f"{name}.json"
        # The statements name the database, which is called like its file.
        database = folder / "replayed" / FILE
        database.parent.mkdir(exist_ok=True)
        shutil.copy(run.before, database)
        whole = reference(database, run.statements)
        assert differences(whole.states[0], image(run.before)) == []
        assert differences(whole.states[-1], image(run.after)) == []
        played[name] = Played(run, runs.get(f"{name}, again"), file, database, whole)
    return played


def moments(played: Played, number: int) -> list[Kill]:
    """Between the statements (a third), in commits and the closing (a third), anywhere in time."""
    statements, seconds = played.run.statements, played.whole.seconds
    third = max(number // 3, 1)
    between = [Kill(n * len(statements) // third, 0.0) for n in range(third)]
    ends = [*played.commits, len(statements)]
    each = third // len(ends) + 1
    dense = [Kill(n, seconds[n] * place / each) for n in ends for place in range(each)]
    reached = [0.0, *accumulate(seconds)]
    anywhere = []
    left = number - len(between) - len(dense)
    for place in range(left):
        at = reached[-1] * (place + 0.5) / left
        n = max(n for n, start in enumerate(reached[:-1]) if start <= at)
        anywhere.append(Kill(n, at - reached[n]))
    return between + dense + anywhere


def try_kills(played: Played, number: int, every_next_run: int) -> Counter[str]:
    """Kill at so many moments, and look; the next run is tried after some of them."""
    statements, states = played.run.statements, played.whole.states
    committed = [0, *accumulate(int(sql == "COMMIT") for _, sql in statements)]
    seen: Counter[str] = Counter()
    database = played.database
    for n, kill in enumerate(moments(played, number)):
        for old in database.parent.glob(database.name + "*"):
            old.unlink()
        shutil.copy(played.run.before, database)
        under_way = killed(database, played.file, kill)
        found = image(database)
        done = committed[min(under_way, len(statements))]
        allowed = [done]
        if under_way < len(statements) and statements[under_way][1] == "COMMIT":
            allowed.append(done + 1)
        state = next((one for one in allowed if found == states[one]), None)
        assert state is not None, (
            f"killed in statement {under_way} ({kill}): {differences(found, states[done])}"
        )
        # A log torn within a commit stays until something is written; nobody reads it.
        left = {path.name for path in database.parent.iterdir()}
        assert left <= {database.name, f"{database.name}.wal"}
        what = "closing" if under_way >= len(statements) else statements[under_way][1][:6]
        seen["new" if found == states[-1] else "old" if found == states[0] else "some"] += 1
        seen["in a commit"] += what == "COMMIT"
        seen["in the closing"] += what == "closing"
        if n % every_next_run == 0 and found == states[0]:
            assert next_run(database, played.run) == states[-1]
            seen["next run of the old state"] += 1
        elif n % every_next_run == 0 and found == states[-1] and played.again:
            assert next_run(database, played.again) == image(played.again.after)
            seen["next run of the new state"] += 1
    return seen


def next_run(database: Path, run: Recorded) -> object:
    with duckdb.connect(str(database)) as connection:
        send(connection, run.statements, lambda n: None)
    return image(database)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    return recorded(
        tmp_path_factory.mktemp("small"), [FIRST_LOAD, *(SECOND_RUNS[kind] for kind in KINDS)], 500
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_run_leaves_the_old_state_or_the_new(kind: str, small: dict[str, Played]) -> None:
    seen = try_kills(small[kind], 9, every_next_run=3)
    assert seen["old"] + seen["some"] + seen["new"] == 9
    assert seen["old"] >= 1
    assert seen["in a commit"] + seen["in the closing"] >= 1


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    return recorded(
        tmp_path_factory.mktemp("large"), [FIRST_LOAD, *SECOND_RUNS.values(), *AGAIN], 100_000
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_60_kills_of_a_run_on_100_000_rows(kind: str, large: dict[str, Played]) -> None:
    seen = try_kills(large[kind], 60, every_next_run=10)
    print(kind, dict(seen))
    assert seen["old"] + seen["some"] + seen["new"] == 60
    assert min(seen["old"], seen["some"], seen["new"]) >= 1


def cut_log(played: Played, number: int) -> Counter[str]:
    """A power failure may leave any beginning of the write-ahead log."""
    database = played.database
    log = database.with_name(database.name + ".wal")
    shutil.copy(played.run.before, database)
    killed(database, played.file, Kill(len(played.run.statements), 0.0))
    whole, whole_log = database.read_bytes(), log.read_bytes() if log.exists() else b""
    seen: Counter[str] = Counter()
    for place in range(number):
        database.write_bytes(whole)
        log.write_bytes(whole_log[: len(whole_log) * place // number])
        found = image(database)
        assert found in played.whole.states, differences(found, played.whole.states[0])
        seen[str(played.whole.states.index(found))] += 1
        if found == played.whole.states[0]:
            # What is written after the torn end must not get lost behind it.
            killed(database, played.file, Kill(len(played.run.statements), 0.0))
            assert image(database) == played.whole.states[-1]
            seen["next run, killed after its commit"] += 1
    seen["bytes"] = len(whole_log)
    return seen


def test_a_log_that_ends_anywhere(small: dict[str, Played]) -> None:
    seen = cut_log(small["in place"], 12)
    assert seen["bytes"] > 0
    assert len(seen) > 3
    assert seen["next run, killed after its commit"] >= 1


@pytest.mark.slow
def test_whole_processes(tmp_path: Path) -> None:
    """`dbt snapshot` itself, with two threads, killed ten times after it has begun with the nodes;
    each snapshot is as before or as after, and the next run makes all of them as after.
    """
    project = crash_project(tmp_path / "p")
    database, before = project / FILE, tmp_path / "before.duckdb"
    source(database, ROWS, 100_000)
    start_dbt(project, FIRST).communicate(timeout=300)
    source(database, CHANGES["in place"], 100_000)
    shutil.copy(database, before)
    old = image(before, any_run=True)
    seconds = killed_dbt(project, None)
    new = image(database, any_run=True)
    seen: Counter[str] = Counter()
    for n in range(10):
        for left in (database, database.with_name(f"{FILE}.wal")):
            left.unlink(missing_ok=True)
        shutil.copy(before, database)
        killed_dbt(project, seconds * (n + 0.5) / 10)
        found = image(database, any_run=True)
        assert found.keys() <= new.keys()
        for snapshot in ("checked", "kept", "stamped"):
            own = [f"main.{snapshot}{suffix}" for suffix in ("", "__runs", "__undo")]
            state = [found.get(table) for table in own]
            assert state in ([old.get(t) for t in own], [new.get(t) for t in own]), own
            seen["old" if state == [old.get(table) for table in own] else "new"] += 1
        if n % 3 == 0:
            start_dbt(project, SECOND).communicate(timeout=300)
            done = image(database, any_run=True)
            histories = [name for name in new if not name.endswith("__runs")]
            assert {name: done[name] for name in histories} == {n: new[n] for n in histories}
    assert seen["old"] >= 3
    print(dict(seen))


def killed_dbt(project: Path, after: float | None) -> float:
    """Kill dbt so long after it began with its first node, or not; the seconds it took since."""
    with start_dbt(project, SECOND, "--threads", "2") as dbt:
        assert dbt.stdout
        next(line for line in dbt.stdout if "START snapshot" in line)
        begun = time.monotonic()
        if after is not None:
            time.sleep(after)
            dbt.kill()
        dbt.communicate(timeout=300)
    return time.monotonic() - begun
