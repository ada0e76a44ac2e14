"""DuckDB 2.0.0 loses the rows of a large insert after one without rows in the same transaction.

`count(*)` is right then, but no scan finds the rows until the file is opened again. So the engine
writes into each table once per run, and looks at what it wrote before the commit.
"""

from pathlib import Path

import duckdb
import pytest

from tests.builders import guarded_project
from tests.scd.properties.play import run_dbt

MORE_THAN_A_ROW_GROUP = 150_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ports of which the second run has many more and no other ones: nothing is closed."""
    return guarded_project(
        tmp_path,
        {
            "models/stg_ports.sql": "select 'P' || i as code, 'a' as name"
            " from range({{ var('ports', 10) }}) as numbers (i)\n"
        },
    )


def test_a_run_that_only_adds_a_row_group_of_versions_is_written_and_recorded(
    project: Path,
) -> None:
    for day, ports in (1, 10), (2, MORE_THAN_A_ROW_GROUP):
        variables = f"{{platform_run_at: 2024-01-0{day}, ports: {ports}}}"
        done = run_dbt(project, "build", "--vars", variables)
        assert done.returncode == 0, done.stdout
    with duckdb.connect(str(project / "tiny.duckdb"), read_only=True) as connection:
        scanned = [
            connection.execute(f"select count({column}) from {table}").fetchone()
            for table, column in [("snp_ports", "code || name"), ("snp_ports__undo", "dbt_scd_id")]
        ]
    assert scanned == [(MORE_THAN_A_ROW_GROUP,), (MORE_THAN_A_ROW_GROUP - 10,)]


def test_the_engine_s_fault_is_still_there(tmp_path: Path) -> None:
    """When this fails the fault is mended, and one insert per table need no longer be a rule."""
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("set threads = 2")
        connection.execute("create table read as select i from range(300000) as numbers (i)")
        connection.execute("begin")
        connection.execute("create table written as select * from read where i < 0")
        connection.execute("insert into written select * from read")
        connection.execute("commit")
        counted = connection.execute("select count(*) from written").fetchone()
        scanned = connection.execute("select sum(1) from written where i >= 0").fetchone()
    assert counted == (300_000,)
    assert scanned == (None,)
