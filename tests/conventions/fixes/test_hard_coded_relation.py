from tests.fix_builders import fix

RULE = "hard-coded-relation"
DIM = "models/marts/sales/dim_customers.sql"
TEXT = 'select customer_id, stg_customers.customer_name\nfrom main."stg_customers" where true\n'
STG = "create view main.stg_customers as select 7 as customer_id, 'Ada' as customer_name;"


def test_the_name_becomes_the_call_when_the_rows_are_the_same(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {DIM: TEXT}, sql=STG)
    assert fixed.changed == {
        DIM: TEXT.replace('main."stg_customers"', "{{ ref('stg_customers') }}")
    }
    assert not fixed.left(RULE)


def test_another_table_of_that_name_is_left_to_a_person(capsys, tmp_path) -> None:
    sql = (
        STG
        + "create schema old; create view old.stg_customers as select 1 as customer_id, 'B' as customer_name"  # noqa: E501
    )
    fixed = fix(capsys, tmp_path, RULE, {DIM: TEXT.replace("main.", "old.")}, sql=sql)
    assert DIM not in fixed.changed
    assert "its rows would not be the same" in fixed.left(RULE)[0]


def test_what_nothing_stands_for_is_left_to_a_person(capsys, tmp_path) -> None:
    text = TEXT.replace("stg_customers", "customers_of_old")
    fixed = fix(capsys, tmp_path, RULE, {DIM: text})
    assert "no model and no source" in fixed.left(RULE)[0]
