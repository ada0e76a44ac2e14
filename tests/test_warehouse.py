"""The door to DuckDB."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.warehouse import connect, prepare, rows, transaction

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection


def _refusal(path: Path, *, read_only: bool = True) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        connect(path, read_only=read_only)
    assert caught.value.exit_code is ExitCode.ENVIRONMENT
    assert caught.value.where is not None
    assert Path(caught.value.where.path).name == path.name
    assert caught.value.hint
    return caught.value


def test_a_file_that_is_written_can_be_read(tmp_path: Path) -> None:
    with connect(tmp_path / "a.duckdb", read_only=False) as connection:
        connection.execute("create table t as select 7 as a")
    with connect(tmp_path / "a.duckdb") as connection:
        assert rows(connection, "select a from t where a = ?", [7]) == [(7,)]


def test_a_query_that_fails_is_explained_in_duckdbs_words(tmp_path: Path) -> None:
    with (
        connect(tmp_path / "a.duckdb", read_only=False) as connection,
        pytest.raises(PlatformError, match="nowhere does not exist") as caught,
    ):
        rows(connection, "select *\nfrom nowhere")
    assert "select * from nowhere" in caught.value.hint


def test_a_locked_file_names_the_process_that_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    script = f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            error = _refusal(path)
        finally:
            holder.communicate(b"\n")
    assert f"process {holder.pid}" in error.message
    assert "import duckdb" in error.message
    assert "user" in error.message


@pytest.mark.parametrize(
    ("content", "read_only", "message"),
    [
        (None, True, "no database file yet"),
        (b"", True, "not a DuckDB file"),
        (b"", False, "not a DuckDB file"),
        (b"hello world" * 1000, True, "not a DuckDB file"),
    ],
)
def test_a_file_that_is_no_database_is_refused(
    tmp_path: Path, content: bytes | None, read_only: bool, message: str
) -> None:
    path = tmp_path / "a.duckdb"
    if content is not None:
        path.write_bytes(content)
    assert message in _refusal(path, read_only=read_only).message


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    path = tmp_path / "sound.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t as select 1 as a")
    return path.read_bytes()


def test_a_damaged_file_is_refused(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "a.duckdb"
    path.write_bytes(sound[:20] + bytes(4076) + sound[4096:])
    error = _refusal(path)
    assert "damaged" in error.message
    assert "backup" in error.hint


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "a.duckdb"
    path.write_bytes(sound[:6000])
    assert "cut short" in _refusal(path).message


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    assert "is a folder" in _refusal(tmp_path).message
    assert (
        "folder does not exist" in _refusal(tmp_path / "no" / "a.duckdb", read_only=False).message
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_file_without_permission_is_refused(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "a.duckdb"
    path.write_bytes(sound)
    path.chmod(0)
    assert "may not open" in _refusal(path).message


def _stopped(connection: Connection, stop: type[BaseException]) -> None:
    with transaction(connection):
        rows(connection, "insert into t values (2)")
        if stop is PlatformError:
            rows(connection, "select nothing from nowhere")
        raise stop


@pytest.mark.parametrize("stop", [KeyboardInterrupt, PlatformError])
def test_a_transaction_is_done_whole_or_not_at_all(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    with connect(tmp_path / "a.duckdb", read_only=False) as connection:
        with transaction(connection):
            rows(connection, "create table t as select 1 as a")
        with pytest.raises(stop):
            _stopped(connection, stop)
        assert rows(connection, "from t") == [(1,)]


@pytest.mark.parametrize(
    ("attached", "read_only", "writable"),
    [({}, False, True), ({}, True, False), ({"read_only": True}, False, False)],
)
def test_an_attached_database_is_written_to_only_when_it_is_asked_for(
    tmp_path: Path, attached: dict[str, object], read_only: bool, writable: bool
) -> None:
    connect(tmp_path / "other.duckdb", read_only=False).close()
    profile = {"attach": [{"path": str(tmp_path / "other.duckdb"), **attached}]}
    with connect(tmp_path / "a.duckdb", read_only=False) as connection:
        assert prepare(connection, profile, read_only=read_only) == ""
        if writable:
            rows(connection, "create table other.t as select 1 as a")
        else:
            with pytest.raises(PlatformError, match="read-only"):
                rows(connection, "create table other.t as select 1 as a")
