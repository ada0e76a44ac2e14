"""`platform snapshot`."""

from pathlib import Path

import duckdb
import pytest

from platform_cli.cli import run
from tests.builders import PORTS_HISTORY, in_database, write


@pytest.fixture
def project(ports: Path) -> Path:
    return ports


def test_a_run_keeps_history_at_the_given_time(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-q", "-C", str(project), "run"]) == 0
    assert run(["-C", str(project), "snapshot", "--run-at", "2024-03-01"]) == 0
    out, err = capsys.readouterr()
    assert "snapshot: 1 success" in out
    assert "snp_ports: 2 open of 2 versions" in err
    assert in_database(project, PORTS_HISTORY) == [
        ("B", "Bbb", "2024-03-01", None),
        ("C", "Cc", "2024-03-01", None),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("B,b\nB,c\nC,d\n", "snp_ports: 2 rows share 1 key (code): B"),
        (",b\n,c\nC,d\n", "snp_ports: 2 rows have no key (code): NULL"),
    ],
)
def test_bad_keys_are_refused_before_anything_is_written(
    project: Path, capsys: pytest.CaptureFixture[str], rows: str, message: str
) -> None:
    write(project, {"data/ports_2024-03-01.csv": f"code,name\n{rows}"})
    assert run(["-q", "-C", str(project), "run"]) == 0
    assert run(["-C", str(project), "snapshot"]) == 1
    err = capsys.readouterr().err
    assert message in err
    assert "--> snapshots/snp_ports.yml" in err
    assert (
        in_database(project, "select 1 from duckdb_tables() where table_name = 'snp_ports'") == []
    )


def test_a_time_before_the_history_is_refused_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-q", "-C", str(project), "run"]) == 0
    assert run(["-q", "-C", str(project), "snapshot", "--run-at", "2024-03-01"]) == 0
    write(project, {"data/ports_2024-03-01.csv": "code,name\nB,b\n"})
    before = in_database(project, PORTS_HISTORY)
    assert run(["-C", str(project), "snapshot", "--run-at", "2024-02-29"]) == 1
    err = capsys.readouterr().err
    assert "snp_ports: its history already reaches 2024-03-01" in err
    assert "--> snapshots/snp_ports.yml" in err
    assert in_database(project, PORTS_HISTORY) == before


def test_a_time_that_cannot_be_read_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot", "--run-at", "yesterday"]) == 2
    assert "'yesterday' is no time" in capsys.readouterr().err


def test_a_history_without_a_latest_time_is_blamed_and_not_the_option(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-q", "-C", str(project), "build"]) == 0
    with duckdb.connect(str(project / "tiny.duckdb")) as connection:
        connection.execute("update snp_ports set dbt_valid_from = 'infinity' where code = 'C'")
    for words in (["--run-at", "2050-01-01"], ["backfill", "snp_ports"]):
        assert run(["-C", str(project), "snapshot", *words]) == 1
        err = capsys.readouterr().err
        assert "snp_ports: the latest time in its history is 'infinity'" in err
        assert "--run-at" not in err


def test_a_source_that_is_not_built_names_the_command(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot"]) == 2
    assert "platform build --select +snp_ports" in capsys.readouterr().err


def test_an_unsound_history_is_reported_after_the_run(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-q", "-C", str(project), "build"]) == 0
    with duckdb.connect(str(project / "tiny.duckdb")) as connection:
        connection.execute("insert into snp_ports from snp_ports where code = 'C'")
    assert run(["-C", str(project), "snapshot"]) == 1
    err = capsys.readouterr().err
    assert "snp_ports: more than one open version, 1 key: C" in err
    assert "snp_ports: a version id that occurs more than once, 1 key: C" in err


def test_a_build_that_takes_snapshots_looks_at_their_history_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = ("-C", str(project), "build", "--exclude-resource-type", "unit_test", "--no-empty")
    assert run(build) == 0
    with duckdb.connect(str(project / "tiny.duckdb")) as connection:
        connection.execute("insert into snp_ports from snp_ports where code = 'C'")
    assert run([*build, "--store-failures"]) == 1
    out, err = capsys.readouterr()
    assert "build: 2 success" in out
    assert "snp_ports: more than one open version, 1 key: C" in err
    assert run([*build, "--exclude", "snp_ports"]) == 0


def test_a_selection_without_snapshots_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot", "-s", "snp_port"]) == 2
    assert "did you mean 'snp_ports'" in capsys.readouterr().err


def test_a_time_that_the_project_would_not_heed_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "macros/snapshot_get_time.sql").unlink()
    assert run(["-C", str(project), "snapshot", "--run-at", "2024-03-01"]) == 2
    assert "does not heed the time of a run" in capsys.readouterr().err
