"""What dbt knows of a snapshot's columns."""

from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import SnapshotSource
from tests.builders import guarded_project

FILES = {
    "models/stg_ports.yml": "models:\n- name: stg_ports\n  columns:\n"
    "  - {name: code, data_type: varchar}\n  - name: name\n"
    "  - {name: size, data_type: integer}\n",
    "snapshots/snp_full.yml": """snapshots:
- name: snp_full
  relation: ref('stg_ports')
  config:
    unique_key: [code, "coalesce(dock, 0)"]
    strategy: timestamp
    updated_at: seen
    snapshot_meta_column_names: {dbt_valid_to: until}
    meta: {scd: {ignore_columns: note, tolerance: {depth: 0.1}}}
  columns:
  - {name: until, data_type: timestamp}
  - {name: depth, data_type: double}
""",
    "snapshots/snp_own_sql.sql": "{% snapshot snp_own_sql %}{{ config(unique_key='id',"
    " strategy='check', check_cols=['a', 'b']) }}\n"
    "select code as id, 1 as a, 2 as b from {{ ref('stg_ports') }}\n{% endsnapshot %}\n",
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SnapshotSource]:
    project: Path = guarded_project(tmp_path_factory.mktemp("sources"), FILES)
    return {one.name: one for one in dbt_runner.snapshot_sources(dbt_runner.parse(project))}


def test_the_columns_that_the_configuration_and_the_yaml_name(
    sources: dict[str, SnapshotSource],
) -> None:
    full = sources["snp_full"]
    assert full.key == ("code",)
    assert full.columns == ("code", "seen", "note", "depth", "size")
    assert full.types == {"code": "varchar", "size": "integer", "depth": "double"}
    assert full.known == ("code", "name", "size", "depth")
    assert (full.numbers, full.times) == (("depth",), ("seen",))
    assert full.meta["dbt_valid_to"] == "until"
    assert full.meta["dbt_valid_from"] == "dbt_valid_from"


def test_a_snapshot_with_sql_of_its_own_has_not_the_columns_of_what_it_reads(
    sources: dict[str, SnapshotSource],
) -> None:
    own = sources["snp_own_sql"]
    assert own.columns == ("id", "a", "b")
    assert own.known == ()
