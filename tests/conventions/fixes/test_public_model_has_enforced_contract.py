from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "public-model-has-enforced-contract"
YAML = "models/marts/sales/dim_customers.yml"
OPEN = """\
models:
  - name: dim_customers
    description: Customers that ever bought something.
    config:
      group: sales
      access: public
    columns:
      - name: Customer_ID  # never reused
        description: The key.
        data_tests: [unique, not_null]
"""
BUILT = "create view main.stg_customers as select 7::bigint as customer_id, 'Ada' as customer_name"


def test_names_and_types_are_those_that_duckdb_finds_in_the_sql(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: OPEN}, sql=BUILT)
    assert fixed.changed == {
        YAML: OPEN.replace("public\n", "public\n      contract:\n        enforced: true\n").replace(
            "reused\n", "reused\n        data_type: bigint\n"
        )
        + "      - name: customer_name\n        data_type: varchar\n"
    }
    assert not fixed.left(RULE)


def test_without_the_data_it_is_left_to_a_person(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: OPEN})
    assert not fixed.changed
    assert "platform build --no-check --select +dim_customers" in fixed.left(RULE)[0]


def test_a_declared_column_that_is_not_there_is_left_to_a_person(capsys, tmp_path) -> None:
    text = OPEN + "      - name: region\n        description: x\n"
    fixed = fix(capsys, tmp_path, RULE, {YAML: text}, sql=BUILT)
    assert not fixed.changed
    assert "column region is declared, and the SQL does not return it" in fixed.left(RULE)[0]


def test_an_incremental_model_has_to_say_what_becomes_of_new_columns(capsys, tmp_path) -> None:
    sql = "models/marts/sales/dim_customers.sql"
    config = "{{ config(materialized='incremental', unique_key='customer_id') }}\n"
    fixed = fix(capsys, tmp_path, RULE, {YAML: OPEN, sql: config + FILES[sql]}, sql=BUILT)
    assert not fixed.changed
    assert "on_schema_change" in fixed.left(RULE)[0]


def test_names_and_types_that_dbt_would_not_understand_are_written_as_they_are(
    capsys, tmp_path
) -> None:
    columns = "'A'::enum('A', 'b') as kind, {'Foo': 1} as st, 1 as \"Order Id\""
    sql = f"select 7 as customer_id, {columns}\n"
    changes = {YAML: OPEN, "models/marts/sales/dim_customers.sql": sql}
    fixed = fix(capsys, tmp_path, RULE, changes, sql=BUILT)
    text = fixed.changed[YAML] or ""
    assert "data_type: enum('A', 'b')\n" in text
    assert "data_type: struct(Foo integer)\n" in text
    assert "- name: Order Id\n        quote: true\n        data_type: integer\n" in text
