from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "incremental-has-unique-key"
YAML = "models/marts/sales/dim_customers.yml"
SQL = "models/marts/sales/dim_customers.sql"
INCREMENTAL = {
    SQL: "{{ config(materialized='incremental', on_schema_change='fail') }}\n" + FILES[SQL]
}


def test_the_tested_key_becomes_the_unique_key(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, INCREMENTAL)
    text = FILES[YAML].replace(
        "contract: {enforced: true}\n",
        "contract: {enforced: true}\n      unique_key: customer_id\n",
    )
    assert fixed.changed == {YAML: text}
    assert not fixed.left(RULE)


def test_without_a_declared_key_it_is_left_to_a_person(capsys, tmp_path) -> None:
    text = FILES[YAML].replace("        data_tests: [unique, not_null]\n", "")
    fixed = fix(capsys, tmp_path, RULE, {**INCREMENTAL, YAML: text})
    assert not fixed.changed
    assert "no key is declared anywhere" in fixed.left(RULE)[0]
