"""Ctrl-C, a full disk, a source that breaks off: in words, and nothing is written."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
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
    environment,
    source,
    start_platform,
)

ONE = """snapshots:
  - name: checked
    relation: {relation}
    config: {{unique_key: id, strategy: check, check_cols: all, hard_deletes: invalidate}}
"""
QUERIES = {
    # Some rows are fine, and then, far into the table, one is not.
    "fails": "select * replace (cast(b as integer) as b) from {{ source('main', 'src') }}",
    "lasts": "select * replace ((select count(*) from range(10000000000) as r(i)"
    " where i % 7 = src.c % 3)::varchar as b) from {{ source('main', 'src') }} as src",
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose history holds one run, and whose source has changed since."""
    relation, folder = "source('main', 'src')", tmp_path_factory.mktemp("changed") / "p"
    project = crash_project(folder, {"snapshots/s.yml": ONE.format(relation=relation)})
    source(project / FILE, ROWS, 100_000)
    assert snapshot(project, FIRST).returncode == 0
    source(project / FILE, CHANGES["in place"], 100_000)
    return project


@pytest.fixture
def project(changed: Path, tmp_path: Path) -> Path:
    """The same, for one test to write to."""
    return shutil.copytree(changed, tmp_path / "p", symlinks=True)


def snapshot(project: Path, at: str, *prefix: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *prefix,
            *(sys.executable, "-P", "-m", "platform_cli", "-C", str(project)),
            *("snapshot", "--run-at", at, "--allow", "mass-change"),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def reads(project: Path, query: str) -> None:
    (project / "models/upstream.sql").write_text(
        "{{ config(materialized='ephemeral') }} " + QUERIES[query], encoding="utf-8"
    )
    (project / "snapshots/s.yml").write_text(
        ONE.format(relation="ref('upstream')"), encoding="utf-8"
    )


def test_ctrl_c_in_a_long_statement(project: Path) -> None:
    reads(project, "lasts")
    before = image(project / FILE)
    running = start_platform(project, "-vv", "snapshot", "--run-at", SECOND)
    try:
        wait_for(project, "create temporary table")
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=60)
    finally:
        running.kill()  # it would count for hours
    assert running.returncode == 130, said
    assert "interrupted" in said
    assert "Traceback" not in said
    assert differences(image(project / FILE), before) == []


def wait_for(project: Path, words: str) -> None:
    """Until dbt's log says that it sent a statement with these words."""
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        for log in project.rglob("dbt.log"):
            if words in log.read_text(encoding="utf-8", errors="replace"):
                return
        time.sleep(0.1)
    raise AssertionError(words)


def test_a_source_that_breaks_off(project: Path) -> None:
    reads(project, "fails")
    with duckdb.connect(str(project / FILE)) as connection:
        connection.execute("update src set b = case when id = 90000 then 'x' else '1' end")
    before = image(project / FILE)
    refused = snapshot(project, SECOND)
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1, said
    assert "Could not convert string 'x' to INT32" in said
    assert "Traceback" not in said
    assert differences(image(project / FILE), before) == []


FULL = """
import os, resource, signal, sys
# Python would ignore it anyway; a write beyond the limit is then an error, as on a full disk.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.mark.parametrize("room", [100_000, pytest.param(600_000, marks=pytest.mark.slow)])
def test_a_full_disk(project: Path, room: int) -> None:
    """No file may become longer than the database is, plus some room: the write-ahead log and
    the growing database meet it. The system says "file too large" then, and not "no space".
    """
    source(project / FILE, "update src set b = md5(b), u = u + interval 1 day", 1)
    source(project / FILE, "checkpoint", 1)
    before = image(project / FILE)
    size = (project / FILE).stat().st_size
    refused = snapshot(project, SECOND, sys.executable, "-c", FULL, str(size + room))
    said = refused.stdout + refused.stderr
    assert refused.returncode != 0, said
    assert "Traceback" not in said
    assert "a limit on file sizes is reached" in said
    assert str(project / FILE) in said
    assert differences(image(project / FILE), before) == []
