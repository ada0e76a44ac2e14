from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "source-only-in-staging"
DIM = "models/marts/sales/dim_customers.sql"
READER = """\
with orders as (select customer_id from {{ source( 'raw', "Orders" ) }})
select customer_id::integer as customer_id, '' as customer_name from orders
"""
STAGING = {
    "models/staging/raw/stg_orders.sql": "select customer_id from {{ source('raw', 'Orders') }}\n",
    "models/staging/raw/stg_orders.yml": FILES["models/staging/raw/stg_customers.yml"].replace(
        "stg_customers", "stg_orders"
    ),
}


def test_the_staging_model_is_read_when_the_rows_are_the_same(capsys, tmp_path) -> None:
    changes = {**STAGING, DIM: READER}
    sql = "create table main.stg_orders as select 7::bigint as customer_id union all select 8"
    fixed = fix(capsys, tmp_path, RULE, changes, sql=sql)
    assert fixed.changed == {
        DIM: READER.replace("""source( 'raw', "Orders" )""", "ref('stg_orders')")
    }
    assert not fixed.left(RULE)


def test_other_rows_are_left_to_a_person(capsys, tmp_path) -> None:
    sql = "create table main.stg_orders as select 7::bigint as customer_id"
    fixed = fix(capsys, tmp_path, RULE, {**STAGING, DIM: READER}, sql=sql)
    assert not fixed.changed
    assert "its rows would not be the same" in fixed.left(RULE)[0]


def test_without_a_database_nothing_is_proven(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {**STAGING, DIM: READER})
    assert not fixed.changed
    assert "not proven: there is no database yet" in fixed.left(RULE)[0]


def test_without_a_staging_model_it_is_left_to_a_person(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {DIM: READER})
    assert "it has no staging model" in fixed.left(RULE)[0]
