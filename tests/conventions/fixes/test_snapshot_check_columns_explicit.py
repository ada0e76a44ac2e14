from tests.fix_builders import fix

RULE = "snapshot-check-columns-explicit"
YAML = "snapshots/snp.yml"
TEXT = """\
snapshots:
  - name: snp
    relation: source('raw', 'Orders')
    description: Orders as they were.
    config: {unique_key: '"Order Id"', strategy: check, check_cols: all, hard_deletes: ignore}
"""


def test_all_becomes_the_columns_that_are_there(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: TEXT}, sql="select 1")
    columns = "[Order Id, placedAt, customer_id, group]"
    assert fixed.changed == {YAML: TEXT.replace("check_cols: all", f"check_cols: {columns}")}
    assert not fixed.left(RULE)


def test_without_the_data_it_is_left_to_a_person(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: TEXT})
    assert not fixed.changed
    assert "not known without the data" in fixed.left(RULE)[0]
