from platform_cli.conventions.rules.snapshot_settings_exist import snapshot_settings_exist
from tests.rule_builders import checked, found

SQL = {"models/ports.sql": "select 1 as code, 'a' as name"}
HEAD = """\
snapshots:
  - name: snp_ports
    relation: ref('ports')
    config:
      unique_key: code
      strategy: check
      check_cols: [name]
"""
BLOCK = """\
      meta:
        owner: nobody
        scd:
          tolerence: {name: 1}
          check_ties: false
          guards:
            empty_source: true
            mass_delet: 0.5
            mass_change: 20%
"""


def test_each_slip_is_found_where_it_is_written(tmp_path) -> None:
    files = SQL | {"snapshots/snp_ports.yml": HEAD + BLOCK}
    at = "snapshots/snp_ports.yml"
    assert found(snapshot_settings_exist, tmp_path, files) == [
        f"{at}:11:11 meta.scd has no setting tolerence",
        f"{at}:12:11 meta.scd.check_ties is for strategy timestamp",
        f"{at}:15:13 meta.scd.guards has no guard mass_delet",
        f"{at}:16:13 meta.scd.guards.mass_change is 20%",
    ]
    said = checked(snapshot_settings_exist, tmp_path / "2", files).diagnostics
    assert [one.help for one in said if "no setting" in one.message] == [
        "did you mean 'tolerance'?"
    ]


def test_flow_style_sql_and_the_projects_file_have_places(tmp_path) -> None:
    rule = snapshot_settings_exist
    flow = HEAD + "      meta: {scd: {type: 1}}\n"
    [line] = found(rule, tmp_path / "1", SQL | {"snapshots/snp_ports.yml": flow})
    assert line == "snapshots/snp_ports.yml:8:20 meta.scd.type is for strategy change_log"
    sql = (
        "{% snapshot snp_ports %}\n{{ config(unique_key='code', strategy='check',\n"
        "  check_cols=['name'], meta={'scd': {'gards': {}}}) }}\n"
        "select * from {{ ref('ports') }}\n{% endsnapshot %}\n"
    )
    [line] = found(rule, tmp_path / "2", SQL | {"snapshots/snp_ports.sql": sql})
    assert line == "snapshots/snp_ports.sql:3:39 meta.scd has no setting gards"


def test_settings_that_exist_are_well(tmp_path) -> None:
    good = HEAD + "      meta: {scd: {tolerance: {name: 1}, guards: {mass_change: 0.9}}}\n"
    assert not found(snapshot_settings_exist, tmp_path / "1", SQL | {"snapshots/s.yml": good})
    assert not found(snapshot_settings_exist, tmp_path / "2", SQL | {"snapshots/s.yml": HEAD})
    no_scd = HEAD + "      meta: {owner: nobody}\n"
    assert not found(snapshot_settings_exist, tmp_path / "3", SQL | {"snapshots/s.yml": no_scd})
