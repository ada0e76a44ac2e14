"""Several processes at one DuckDB file, several snapshots in one process: nothing gets lost."""

from __future__ import annotations

import subprocess
import sys
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
    THIRD,
    crash_project,
    source,
    start_dbt,
    start_platform,
)

NAMES = [f"s{n}" for n in range(8)]
EIGHT = "snapshots:\n" + "".join(
    f"  - name: {name}\n    relation: source('main', 'src')\n    config: {{unique_key: id,"
    " strategy: check, check_cols: all, hard_deletes: invalidate}\n"
    for name in NAMES
)
TOLD = "waiting for process"


def ended(process: subprocess.Popen[str]) -> str:
    """What it said; it must have ended well."""
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    return said


def sound(database: Path, name: str) -> tuple[int, int, int]:
    """Versions, open versions and recorded runs; no key may have two open versions."""
    with duckdb.connect(str(database), read_only=True) as connection:
        twice = f"select id from {name} where dbt_valid_to is null group by id having count(*) > 1"
        assert connection.sql(twice).fetchall() == []
        counts = f"select count(*), count(*) - count(dbt_valid_to) from {name}"
        runs = f"select count(*) from {name}__runs"
        return (*connection.sql(counts).fetchall()[0], *connection.sql(runs).fetchall()[0])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = crash_project(tmp_path / "p", {"snapshots/s.yml": EIGHT})
    source(project / FILE, ROWS, 2000)
    return project


def test_eight_snapshots_begin_at_once_in_one_run(project: Path) -> None:
    """Eight threads create histories, ledgers and undo records in one schema, then change them."""
    ended(start_dbt(project, FIRST, "--threads", "8"))
    for name in NAMES:
        assert sound(project / FILE, name) == (2000, 2000, 1)
    source(project / FILE, CHANGES["in place"], 2000)
    ended(start_dbt(project, SECOND, "--threads", "8"))
    for name in NAMES:
        assert sound(project / FILE, name) == (2040, 2000, 2)


@pytest.mark.slow
def test_eight_snapshots_begin_at_once_again_and_again(project: Path) -> None:
    """What is a matter of luck is tried more often: new histories, changed, and written anew."""
    for _ in range(5):
        (project / FILE).unlink()
        source(project / FILE, ROWS, 2000)
        ended(start_dbt(project, FIRST, "--threads", "8"))
        source(project / FILE, CHANGES["in place"], 2000)
        ended(start_dbt(project, SECOND, "--threads", "8"))
        source(project / FILE, CHANGES["written anew"], 2000)
        ended(start_dbt(project, THIRD, "--threads", "8"))
        for name in NAMES:
            assert sound(project / FILE, name)[1:] == (2000, 3)


@pytest.mark.slow
@pytest.mark.parametrize("target", [[], ["--target-path", "other"]], ids=["one target", "two"])
def test_two_runs_of_platform_snapshot_come_one_after_the_other(
    project: Path, target: list[str]
) -> None:
    """In one target folder the second waits for the first; in two of them for the database."""
    ended(start_dbt(project, FIRST))
    source(project / FILE, CHANGES["in place"], 2000)
    one = start_platform(project, "snapshot", "--run-at", SECOND)
    two = start_platform(project, "snapshot", "--run-at", SECOND, *target)
    said = ended(one) + ended(two)
    for name in NAMES:
        assert sound(project / FILE, name) == (2040, 2000, 3)
    assert said.count(f"{NAMES[0]}: 20 new, 20 changed, 20 closed") == 1
    assert said.count(f"{NAMES[0]}: 0 new, 0 changed, 0 closed") == 1


@pytest.mark.slow
def test_four_runs_of_platform_snapshot_with_four_sources(tmp_path: Path) -> None:
    """Each adds its own rows in an own snapshot: every version of every one is there."""
    project = crash_project(tmp_path / "p", {"snapshots/s.yml": EIGHT})
    source(project / FILE, ROWS, 2000)
    running = [
        start_platform(
            project,
            *("snapshot", "--select", *NAMES[n::4], "--target-path", f"target{n}"),
            *("--wait", "240"),
        )
        for n in range(4)
    ]
    for one in running:
        ended(one)
    for name in NAMES:
        assert sound(project / FILE, name) == (2000, 2000, 1)


@pytest.mark.slow
def test_platform_snapshot_waits_for_another_tool_and_goes_on(project: Path) -> None:
    """In every run of the tests, `test_file_lock.py` holds this of `platform run`."""
    holder = hold(project / FILE)
    waiting = start_platform(project, "snapshot", "--select", NAMES[0], "--run-at", FIRST)
    assert waiting.stdout
    line = next(line for line in waiting.stdout if TOLD in line)
    assert f"{TOLD} {holder.pid} (python" in line
    assert line.rstrip().endswith("holds the database file; at most 60 s")
    holder.communicate("\n")
    assert TOLD not in ended(waiting)
    assert sound(project / FILE, NAMES[0]) == (2000, 2000, 1)


def test_platform_snapshot_gives_up_in_words(project: Path) -> None:
    before = image(project / FILE)
    holder = hold(project / FILE, read_only=True)
    refused = start_platform(project, "snapshot", PLATFORM_CLI_WAIT="1")
    said, _ = refused.communicate(timeout=120)
    holder.communicate("\n")
    assert refused.returncode == 3
    assert f"process {holder.pid} (python" in said
    assert "holds the database file, still after 1 s" in said
    assert said.count(TOLD) == 1
    assert "Traceback" not in said
    assert differences(image(project / FILE), before) == []


@pytest.mark.slow
def test_platform_snapshot_waits_for_dbt_snapshot(project: Path) -> None:
    """dbt itself does not wait: it goes first here, and is not disturbed."""
    first = start_dbt(project, FIRST)
    assert first.stdout
    # dbt has opened the file when it says that it starts a node.
    next(line for line in first.stdout if "START snapshot" in line)
    second = start_platform(project, "snapshot", "--run-at", FIRST, "--target-path", "other")
    ended(first)
    ended(second)
    for name in NAMES:
        assert sound(project / FILE, name) == (2000, 2000, 2)


@pytest.mark.slow
def test_dbt_snapshot_is_refused_in_one_piece_while_the_file_is_held(project: Path) -> None:
    before = image(project / FILE)
    holder = hold(project / FILE)
    refused = start_dbt(project, FIRST)
    said, _ = refused.communicate(timeout=120)
    holder.communicate("\n")
    assert refused.returncode != 0
    assert f"(PID {holder.pid})" in said
    assert differences(image(project / FILE), before) == []


def hold(file: Path, *, read_only: bool = False) -> subprocess.Popen[str]:
    """A process that has the file open until it is sent a line."""
    script = (
        f"import duckdb; c = duckdb.connect({str(file)!r}, read_only={read_only});"
        " print('open', flush=True); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    holder.stdout.readline()
    return holder
