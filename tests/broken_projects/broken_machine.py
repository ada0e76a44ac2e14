"""A machine that is in the way: disks, locks, other runs, and a hand on Ctrl-C."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.broken_projects.case import case, run
from tests.broken_projects.sandbox import DATABASE, command, environment

HUGE = "select range as id, md5(range::varchar) as text from range(3000000)"
SLOW = "select count(*) as n from range(10000000) a, range(10000000) b where a.range + b.range = 7"
SLOW_MODEL = {"models/staging/raw/stg_slow.sql": "{{ config(materialized='table') }}\n" + SLOW}
SLOW_SNAPSHOT = {
    "snapshots/snp_slow.yml": """\
snapshots:
  - name: snp_slow
    relation: ref('stg_slow')
    config: {unique_key: n, strategy: check, check_cols: all}
""",
    "models/staging/raw/stg_slow.sql": SLOW,
}
NEW_MODEL = (
    "new-model fct_orders --from ref:stg_customers --owner sales --description x --key customer_id"
)


def _privileged(*words: str) -> None:
    """Do what only root may; elsewhere the case is skipped, and pytest says so."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot {words[0]} here: {done.stderr.strip()}")


@contextmanager
def _mounted(project: Path, megabytes: int) -> Iterator[None]:
    """The project on a small disk of its own."""
    with tempfile.TemporaryDirectory() as aside:
        shutil.copytree(project, aside, dirs_exist_ok=True)
        _privileged("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(project))
        try:
            shutil.copytree(aside, project, dirs_exist_ok=True)
            yield
        finally:
            _privileged("umount", "--lazy", str(project))


@contextmanager
def a_small_disk(project: Path) -> Iterator[None]:
    with _mounted(project, 8):
        yield


@contextmanager
def a_full_disk(project: Path) -> Iterator[None]:
    with _mounted(project, 8):
        with (project / "film.mp4").open("wb", buffering=0) as film:
            try:
                while True:
                    film.write(bytes(4096))
            except OSError:
                pass
        yield


@contextmanager
def a_read_only_folder(project: Path) -> Iterator[None]:
    _privileged("mount", "--bind", str(project), str(project))
    try:
        _privileged("mount", "-o", "remount,ro,bind", str(project))
        yield
    finally:
        _privileged("umount", "--lazy", str(project))


@contextmanager
def a_database_one_may_not_change(project: Path) -> Iterator[None]:
    file = str(project / DATABASE)
    _privileged("chattr", "+i", file)
    try:
        yield
    finally:
        _privileged("chattr", "-i", file)


@contextmanager
def another_run(project: Path) -> Iterator[None]:
    """A colleague's build of the same folder, which ends well."""
    with subprocess.Popen(
        command("build"),
        cwd=project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as other:
        lock = project / "target" / ".platform.lock"
        while not (lock.is_file() and lock.read_text()):
            assert other.poll() is None, other.communicate()[0]
            time.sleep(0.02)
        yield
        said = other.communicate(timeout=100)[0]
        assert other.returncode == 0, said


CASES = (
    case(
        "the disk fills up while a model is built",
        {"models/staging/raw/stg_huge.sql": "{{ config(materialized='table') }}\n" + HUGE},
        run("build --select stg_huge", 3, "disk is full", "free some space", apart=True),
        trouble=a_small_disk,
        slow=True,
    ),
    case(
        "the disk is full",
        {},
        run("check", 0, "no findings"),
        run("build", 3, "disk is full", "free some space", apart=True),
        run(NEW_MODEL, 3, "disk is full", "free some space", apart=True),
        trouble=a_full_disk,
    ),
    case(
        "the folder is read-only",
        {},
        run("check", 0, "no findings"),
        run("preview dim_customers", 0, "Ada"),
        run("build", 3, "Read-only file system", "--target-path", apart=True),
        run(NEW_MODEL, 3, "this file system is read-only", apart=True),
        trouble=a_read_only_folder,
    ),
    case(
        "the database may not be written to",
        {},
        run("preview dim_customers", 0, "Ada"),
        run("build", 3, DATABASE, "may not"),
        trouble=a_database_one_may_not_change,
    ),
    case(
        "Ctrl-C while a model is built",
        SLOW_MODEL,
        run(
            "build",
            130,
            "interrupted; finished before: stg_customers",
            never=("INTERRUPT",),
            interrupt=True,
        ),
        slow=True,
    ),
    case(
        "Ctrl-C while a snapshot is taken",
        SLOW_SNAPSHOT,
        run("run --select stg_slow", 0, new=("main.stg_slow",)),
        run("snapshot", 130, "interrupted", interrupt=True, new=("main.stg_slow",)),
        slow=True,
    ),
    case(
        "a colleague builds the same folder",
        {},
        run("build", 0, "waiting for process", "build"),
        trouble=another_run,
        slow=True,
    ),
)
