from tests.fix_builders import fix

RULE = "model-has-yaml-entry"
SQL = "models/staging/raw/stg_orders.sql"
YAML = "models/staging/raw/stg_orders.yml"
ORDERS = {SQL: '{{ config(group="sales") }} select 1 as order_id, \'x\' as "Odd name"\n'}


def test_the_entry_has_the_columns_that_duckdb_finds(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, ORDERS, sql="select 1")
    entry = (
        "models:\n  - name: stg_orders\n    columns:\n      - name: order_id\n"
        "      - name: Odd name\n"
    )
    assert fixed.changed == {YAML: entry}
    assert not fixed.left(RULE)


def test_it_goes_into_the_file_that_describes_the_neighbours(capsys, tmp_path) -> None:
    shared = (
        "models:\n- name: stg_customers\n  description: One row per customer.\n"
        "  config: {group: sales}\n  columns: [{name: customer_id, tests: [unique]}]\n"
        "- name: stg_a\n  description: One row per a.\n  config: {group: sales}\n"
        "  columns: [{name: customer_id, tests: [unique]}]\n"
    )
    changes = {
        **ORDERS,
        "models/staging/raw/stg_a.sql": "select 1 as customer_id",
        "models/staging/raw/stg_customers.yml": None,
        "models/staging/raw/_raw__models.yml": shared,
    }
    fixed = fix(capsys, tmp_path, RULE, changes)
    assert fixed.changed == {"models/staging/raw/_raw__models.yml": f"{shared}- name: stg_orders\n"}
