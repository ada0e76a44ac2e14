from tests.fix_builders import fix

RULE = "snapshot-hard-deletes-explicit"
YAML = "snapshots/snp.yml"
TEXT = """\
snapshots:
  - name: snp
    relation: ref('stg_customers')
    description: Customers as they were.
    config:
      unique_key: customer_id   # the natural one
      strategy: check
      check_cols: [customer_name]
"""


def test_what_dbt_does_anyway_is_said(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: TEXT})
    assert fixed.changed == {YAML: f"{TEXT}      hard_deletes: ignore\n"}
    assert not fixed.left(RULE)


def test_a_snapshot_in_sql_gets_a_properties_file(capsys, tmp_path) -> None:
    sql = (
        "{% snapshot snp %}{{ config(unique_key='customer_id', strategy='check',"
        " check_cols=['customer_name']) }} select * from {{ ref('stg_customers') }}"
        "{% endsnapshot %}\n"
    )
    fixed = fix(capsys, tmp_path, RULE, {"snapshots/snp.sql": sql})
    assert fixed.changed == {
        YAML: "snapshots:\n  - name: snp\n    config:\n      hard_deletes: ignore\n"
    }
