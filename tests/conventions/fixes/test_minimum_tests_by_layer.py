from tests.fix_builders import described, fix

RULE = "minimum-tests-by-layer"
YAML = "models/staging/raw/stg_customers.yml"
SQL = "models/staging/raw/stg_customers.sql"


def test_the_declared_key_is_tested(capsys, tmp_path) -> None:
    changes = described(YAML, "\n        data_tests: [unique, not_null]", "")
    keyed = {
        SQL: "{{ config(unique_key='customer_id') }}select 7 as customer_id, 'Ada' as customer_name"
    }
    fixed = fix(capsys, tmp_path, RULE, {**changes, **keyed})
    assert fixed.changed == {YAML: f"{changes[YAML]}        data_tests: [unique, not_null]\n"}
    assert not fixed.left(RULE)
