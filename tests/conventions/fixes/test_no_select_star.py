import pytest

from tests.fix_builders import fix

RULE = "no-select-star"
DIM = "models/marts/sales/dim_customers.sql"
HEAD = "with c as (select * from {{ ref('stg_customers') }})\r\n"
WIDE = ", ".join(f"{number} as quite_a_long_name_{number}" for number in range(4))
STG = "create view main.stg_customers as select 7 as customer_id, 'Ada' as customer_name"


@pytest.mark.parametrize(
    ("star", "columns"),
    [
        ("select *\r\nfrom c\r\n", "select customer_id, customer_name\r\nfrom c\r\n"),
        ("select c.* from c", "select c.customer_id, c.customer_name from c"),
        ("SELECT DISTINCT * FROM c", "SELECT DISTINCT customer_id, customer_name FROM c"),
        ("select\r\n    *\r\nfrom c", "select\r\n    customer_id, customer_name\r\nfrom c"),
    ],
)
def test_the_columns_are_written_out(capsys, tmp_path, star, columns) -> None:
    fixed = fix(capsys, tmp_path, RULE, {DIM: HEAD + star}, sql=STG)
    assert fixed.changed == {DIM: HEAD + columns}
    assert not fixed.left(RULE)


def test_many_columns_have_lines_of_their_own(capsys, tmp_path) -> None:
    changes = {
        "models/marts/sales/dim_wide.sql": "{{ config(group='sales') }}\nselect *\nfrom (\n"
        "  select * from {{ ref('stg_wide') }}\n) as w\n",
        "models/staging/raw/stg_wide.sql": f"{{{{ config(group='sales') }}}}select {WIDE}\n",
    }
    sql = f"create view main.stg_wide as select {WIDE}"
    fixed = fix(capsys, tmp_path, RULE, changes, sql=sql)
    text = fixed.changed["models/marts/sales/dim_wide.sql"] or ""
    names = ",\n    ".join(f"quite_a_long_name_{number}" for number in range(4))
    assert f"\nselect {names}\nfrom (\n" in text


ORDERS = HEAD + "select ITEMS from {{ ref('stg_orders') }} as o left join c using (customer_id)"
MORE = {"models/staging/raw/stg_orders.sql": "select 1 as order_id, 7 as customer_id\n"}
YEAR = " extract(year from date '2026-01-01') > 1"
MORE_SQL = f"{STG}; create view main.stg_orders as select 1 as order_id, 7 as customer_id"


@pytest.mark.parametrize(
    ("star", "columns"),
    [
        ("o.*, c.customer_name", "o.order_id, o.customer_id, c.customer_name"),
        ("c.customer_name,\r\n o.*", "c.customer_name,\r\n o.order_id, o.customer_id"),
        (
            "upper(c.customer_name) a, o.*, coalesce(customer_name, ',') b",
            "upper(c.customer_name) a, o.order_id, o.customer_id, coalesce(customer_name, ',') b",
        ),
        (
            f"(select max(1) from c) as one, o.* ,{YEAR}",
            f"(select max(1) from c) as one, o.order_id, o.customer_id ,{YEAR}",
        ),
    ],
)
def test_the_star_of_one_table_among_columns_is_written_out(
    capsys, tmp_path, star, columns
) -> None:
    changes = {**MORE, DIM: ORDERS.replace("ITEMS", star)}
    fixed = fix(capsys, tmp_path, RULE, changes, sql=MORE_SQL)
    assert fixed.changed[DIM] == ORDERS.replace("ITEMS", columns)
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    ("star", "why"),
    [
        ("o.*, c.customer_name as order_id", "two columns there may be named order_id"),
        ("c.customer_name as ORDER_ID, o.*", "not fixed: "),
        ("o.*, c.*", "another star is selected there, too"),
        ("o.*, {{ 'c.customer_name' }}", "not all that is selected there"),
        ("o.*, -- from\n c.customer_name", "not all that is selected there"),
    ],
)
def test_where_two_columns_may_be_meant_it_is_left_to_a_person(capsys, tmp_path, star, why) -> None:
    changes = {**MORE, DIM: ORDERS.replace("ITEMS", star)}
    fixed = fix(capsys, tmp_path, RULE, changes, sql=MORE_SQL)
    assert DIM not in fixed.changed
    assert all(why in one for one in fixed.left(RULE))


@pytest.mark.parametrize(
    "star", ["select *, 1 as one from c", "select * exclude (customer_id) from c"]
)
def test_what_is_more_than_a_star_is_left_to_a_person(capsys, tmp_path, star) -> None:
    fixed = fix(capsys, tmp_path, RULE, {DIM: HEAD + star}, sql=STG)
    assert DIM not in fixed.changed
    assert "not all that is selected" in fixed.left(RULE)[0]


def test_without_the_data_it_is_left_to_a_person(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {DIM: f"{HEAD}select * from c"})
    assert not fixed.changed
    assert "known once what it reads is built" in fixed.left(RULE)[0]
