import pytest

from platform_cli.conventions.rules.snapshot_check_columns_explicit import (
    snapshot_check_columns_explicit,
)
from tests.rule_builders import found

SOURCES = {"models/sources.yml": "sources: [{name: raw, tables: [{name: ports}]}]\n"}
IN_YAML = """\
snapshots:
  - name: snp_ports
    relation: source('raw', 'ports')
    config:
      unique_key: code
      strategy: check
      check_cols: all
"""
IN_SQL = """\
{% snapshot snp_ports %}
{{ config(unique_key='code', strategy='check',
          check_cols='all') }}
select COLUMNS from {{ source('raw', 'ports') }}
{% endsnapshot %}
"""


def test_all_columns_of_a_source_are_found_where_it_is_written(tmp_path) -> None:
    files = SOURCES | {"snapshots/snp_ports.yml": IN_YAML}
    [line] = found(snapshot_check_columns_explicit, tmp_path, files)
    assert line.startswith("snapshots/snp_ports.yml:7:7 compares all columns of the source raw.po")


@pytest.mark.parametrize("columns", ["*", "p.*", "1 as one, *"])
def test_a_star_in_the_sql_of_a_snapshot_is_all_columns(tmp_path, columns) -> None:
    files = SOURCES | {"snapshots/snp_ports.sql": IN_SQL.replace("COLUMNS", columns)}
    [line] = found(snapshot_check_columns_explicit, tmp_path, files)
    assert line.startswith("snapshots/snp_ports.sql:3:11 compares all columns")


def test_columns_that_were_chosen_somewhere_are_well(tmp_path) -> None:
    rule = snapshot_check_columns_explicit
    listed = IN_YAML.replace("all", "[name]")
    assert not found(rule, tmp_path / "1", SOURCES | {"snapshots/snp_ports.yml": listed})
    staging = IN_YAML.replace("source('raw', 'ports')", "ref('stg_ports')")
    files = {"models/stg_ports.sql": "select 1 as code", "snapshots/snp_ports.yml": staging}
    assert not found(rule, tmp_path / "2", files)
    chosen = IN_SQL.replace("COLUMNS", "code, count(*) as many")
    assert not found(rule, tmp_path / "3", SOURCES | {"snapshots/snp_ports.sql": chosen})
    timestamp = IN_YAML.replace("check\n", "timestamp\n").replace(
        "check_cols: all", "updated_at: a"
    )
    assert not found(rule, tmp_path / "4", SOURCES | {"snapshots/snp_ports.yml": timestamp})
