from tests.fix_builders import fix

RULE = "foreign-key-has-relationships-test"
SQL = "models/marts/sales/fct_orders.sql"
YAML = "models/marts/sales/fct_orders.yml"
TEXT = """\
models:
- name: fct_orders
  description: One row per order.
  config: {group: sales}
  columns:
  - name: order_id
    description: The key.
    tests: [unique, not_null]
  - {name: customer_id, description: Who bought.}
"""
CHANGES = {SQL: "select 1 as order_id, customer_id from {{ ref('dim_customers') }}\n", YAML: TEXT}
TABLES = (
    "create table dim_customers as select 7 as customer_id;"
    "create table fct_orders as select 1 as order_id, {} as customer_id"
)


def test_the_test_is_added_to_the_column(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, CHANGES, sql=TABLES.format(7))
    added = ", tests: [{relationships: {arguments: {to: \"ref('dim_customers')\", field: customer_id}}}]"  # noqa: E501
    assert fixed.changed == {YAML: TEXT.replace("bought.}", f"bought.{added}}}")}
    assert not fixed.left(RULE)


def test_a_key_that_only_a_constraint_names_is_referred_to(capsys, tmp_path) -> None:
    described = (
        "models:\n- name: dim_customers\n  description: Customers that bought.\n"
        "  config: {group: sales}\n"
        "  constraints: [{type: primary_key, columns: [customer_id]}]\n"
    )
    changes = CHANGES | {"models/marts/sales/dim_customers.yml": described}
    fixed = fix(capsys, tmp_path, RULE, changes, sql=TABLES.format(7))
    assert "field: customer_id" in (fixed.changed[YAML] or "")
    assert not fixed.left(RULE)


def test_orphans_in_what_is_built_are_left_to_a_person(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, CHANGES, sql=TABLES.format(8))
    assert not fixed.changed
    assert "that dim_customers has not" in fixed.left(RULE)[0]
