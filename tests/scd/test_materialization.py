"""Plain dbt, without our command line: the materialization takes effect, and what it refuses."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.builders import guarded_project, in_database, write
from tests.scd.properties.play import run_dbt

HISTORY = "select code, name, cast(dbt_valid_to as varchar) from snp_ports order by all"
THREE = "code,name\nA,Aa\nB,Bb\nC,Cc\n"


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The project after the first `dbt build`, and what was said of the snapshot."""
    folder = guarded_project(
        tmp_path_factory.mktemp("first"), {"data/ports_2024-03-01.csv": THREE}, installed=False
    )
    assert run_dbt(folder, "deps").returncode == 0
    return folder, build(folder, at="2024-01-01")


@pytest.fixture
def project(first_run: tuple[Path, str], tmp_path: Path) -> Path:
    """The same, for one test to write to."""
    return shutil.copytree(first_run[0], tmp_path / "project", symlinks=True)


def build(project: Path, *more: str, at: str) -> str:
    """The status and message of the snapshot in a `dbt build`."""
    variables = json.dumps({"platform_run_at": at})
    run_dbt(project, "build", "--vars", variables, *more)
    results = json.loads((project / "target" / "run_results.json").read_text())["results"]
    (found,) = [each for each in results if each["unique_id"].startswith("snapshot.")]
    return f"{found['status']}: {found['message']}"


def rows(project: Path) -> list[tuple[object, ...]]:
    return in_database(project, HISTORY)


def test_materialization_snapshot_default__in_plain_dbt_build(
    project: Path, first_run: tuple[Path, str]
) -> None:
    assert first_run[1] == "success: 3 new, 0 changed, 0 closed, 0 unchanged"
    write(project, {"data/ports_2024-03-01.csv": "code,name\nA,Aa\nB,Bbb\n"})
    assert build(project, at="2024-01-02") == "success: 0 new, 1 changed, 1 closed, 1 unchanged"
    second = "2024-01-02 00:00:00"
    assert rows(project) == [
        ("A", "Aa", None),
        ("B", "Bb", second),
        ("B", "Bbb", None),
        ("C", "Cc", second),
    ]


def test_scd_snapshot__cut_short_writes_nothing(project: Path) -> None:
    before = rows(project)
    refused = build(project, "--empty", at="2024-01-02")
    assert "reduced_input: with --empty the source is cut short" in refused
    assert rows(project) == before


def test_scd_snapshot__a_guard_is_let_through_by_a_variable(project: Path) -> None:
    write(project, {"data/ports_2024-03-01.csv": "code,name\n"})
    assert "empty_source: the source has no rows" in build(project, at="2024-01-02")
    variables = json.dumps({"platform_run_at": "2024-01-02", "platform_allow": ["empty_source"]})
    done = run_dbt(project, "build", "--vars", variables)
    assert done.returncode == 0, done.stdout
    assert [to for _, _, to in rows(project)] == ["2024-01-02 00:00:00"] * 3


def test_scd_snapshot__a_missing_history_is_not_begun_again(project: Path) -> None:
    with duckdb.connect(str(project / "tiny.duckdb")) as connection:
        connection.execute("drop table snp_ports")
    refused = build(project, at="2024-01-02")
    assert "missing_history" in refused
    assert "the last one of 2024-01-01 00:00:00 with 3 versions" in refused
