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
