"""Unsound histories are found, on real tables through dbt."""

from pathlib import Path

import duckdb
import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import Options, Parsed, snapshot_nodes
from platform_cli.snapshots.verify import History, histories, verify_sql
from tests.builders import snapshot_project

SOUND = "('A', 'a1', '2024-01-01', '2024-02-01'), ('A', 'a2', '2024-02-01', null)"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return snapshot_project(tmp_path_factory.mktemp("ports"))


@pytest.fixture(scope="module")
def parsed(project: Path) -> Parsed:
    return dbt_runner.parse(project)


def _history(project: Path, parsed: Parsed, versions: str, at: str = "") -> History:
    with duckdb.connect(str(project / "tiny.duckdb")) as connection:
        connection.execute(
            "create or replace table snp_ports as select code, dbt_scd_id,"
            " dbt_valid_from::timestamp as dbt_valid_from, dbt_valid_to::timestamp as dbt_valid_to"
            f" from (values {versions}) as v(code, dbt_scd_id, dbt_valid_from, dbt_valid_to)"
        )
    sql = verify_sql(snapshot_nodes(parsed, project), at=at)
    (history,) = histories(dbt_runner.show(project, Options(inline=sql, limit=-1), parsed=parsed))
    return history


def test_a_sound_history_is_counted(project: Path, parsed: Parsed) -> None:
    assert _history(project, parsed, SOUND) == History(
        "snp_ports", versions=2, open=1, gone=0, newest="2024-02-01 00:00:00"
    )


def test_keys_that_ended_at_a_time_are_counted(project: Path, parsed: Parsed) -> None:
    ended = "('B', 'b1', '2024-01-01', '2024-02-01')"
    assert _history(project, parsed, f"{SOUND}, {ended}", at="2024-02-01T00:00:00").gone == 1


@pytest.mark.parametrize(
    ("versions", "fault"),
    [
        ("('B', 'b1', '2024-01-01', null), ('B', 'b2', '2024-02-01', null)", "several_open"),
        ("('B', 'b1', '2024-01-01', '2024-03-01'), ('B', 'b2', '2024-02-01', null)", "overlap"),
        ("('B', 'b1', '2024-01-01', null), ('B', 'b2', '2024-02-01', '2024-03-01')", "overlap"),
        ("('B', 'b1', '2024-02-01', '2024-02-01')", "not_after"),
        ("('B', 'b1', '2024-03-01', '2024-02-01')", "not_after"),
        ("('B', 'a1', '2024-01-01', null)", "repeated_id"),
        ("(null, 'n1', '2024-01-01', null)", "null_key"),
    ],
)
def test_a_broken_invariant_is_found_with_its_key(
    project: Path, parsed: Parsed, versions: str, fault: str
) -> None:
    unsound = {one.fault: one for one in _history(project, parsed, f"{SOUND}, {versions}").unsound}
    assert fault in unsound
    key = "NULL" if fault == "null_key" else "B"
    assert key in unsound[fault].examples


def test_a_history_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    project = snapshot_project(tmp_path)
    parsed = dbt_runner.parse(project)
    sql = verify_sql(snapshot_nodes(parsed, project))
    assert histories(dbt_runner.show(project, Options(inline=sql, limit=-1), parsed=parsed)) == ()
