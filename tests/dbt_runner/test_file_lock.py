"""A database file that another process holds."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import Options, Progress
from platform_cli.errors import ExitCode, PlatformError
from tests.builders import tiny_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tiny_project(tmp_path)


@contextmanager
def held(file: Path, *, read_only: bool = False) -> Iterator["subprocess.Popen[bytes]"]:
    script = (
        f"import duckdb; c = duckdb.connect({str(file)!r}, read_only={read_only});"
        " print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        try:
            yield holder
        finally:
            if holder.poll() is None:
                holder.communicate(b"\n")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_run_waits_and_then_goes_on(project: Path, read_only: bool) -> None:
    dbt_runner.seed(project)
    heard: list[Progress] = []
    with held(project / "tiny.duckdb", read_only=read_only) as holder:
        # The holder ends one second after the run has said that it waits for it.
        def hear(progress: Progress) -> None:
            heard.append(progress)
            if progress.status == "waiting":
                threading.Timer(1, holder.communicate, (b"\n",)).start()

        result = dbt_runner.run(project, on_event=hear)
    assert [node.status for node in result.nodes] == ["success", "success"]
    (waiting,) = [one.name for one in heard if one.status == "waiting"]
    assert waiting.startswith(f"process {holder.pid} (python")
    assert waiting.endswith("holds the database file; at most 60 s")


def test_the_wait_is_bounded(project: Path) -> None:
    heard: list[Progress] = []
    with held(project / "tiny.duckdb") as holder:
        begun = time.monotonic()
        with pytest.raises(PlatformError) as refused:
            dbt_runner.seed(project, Options(wait=2), on_event=heard.append)
    assert 2 <= time.monotonic() - begun < 60
    assert [one.status for one in heard] == ["waiting"]
    assert f"process {holder.pid} (python" in refused.value.message
    assert refused.value.message.endswith("holds the database file, still after 2 s")
    assert refused.value.exit_code is ExitCode.ENVIRONMENT
    assert refused.value.where
    assert refused.value.where.path == str(project / "tiny.duckdb")


def test_without_a_wait_it_is_refused_at_once(project: Path) -> None:
    heard: list[Progress] = []
    with held(project / "tiny.duckdb"), pytest.raises(PlatformError) as refused:
        dbt_runner.seed(project, Options(wait=0), on_event=heard.append)
    assert heard == []
    assert refused.value.message.endswith("holds the database file")
