import pytest

from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "model-has-primary-key"
YAML = "models/marts/sales/dim_customers.yml"
SQL = "models/marts/sales/dim_customers.sql"
NO_KEY = FILES[YAML].replace("        data_tests: [unique, not_null]\n", "")
KEYED = {SQL: "{{ config(unique_key='customer_id') }}\n" + FILES[SQL]}


def test_a_declared_key_is_tested(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {**KEYED, YAML: NO_KEY})
    assert fixed.changed == {YAML: FILES[YAML]}
    assert not fixed.left(RULE)


def test_a_unique_column_gets_what_is_missing_under_the_word_that_is_there(
    capsys, tmp_path
) -> None:
    half = FILES[YAML].replace("data_tests: [unique, not_null]", "tests:\n          - unique # yes")
    fixed = fix(capsys, tmp_path, RULE, {YAML: half})
    assert fixed.changed == {YAML: half.replace("# yes\n", "# yes\n          - not_null\n")}


def test_a_guess_is_only_suggested(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: NO_KEY})
    assert not fixed.changed
    assert "no key is declared anywhere; customer_id looks like one" in fixed.left(RULE)[0]


@pytest.mark.parametrize(
    ("rows", "why"), [("(1), (1)", "is not unique"), ("(1), (null)", "is NULL in rows")]
)
def test_a_key_that_the_data_contradicts_is_not_tested(capsys, tmp_path, rows, why) -> None:
    sql = (
        f"create table main.dim_customers as select column0 as customer_id, 'x' as customer_name"
        f" from (values {rows}) as t(column0)"
    )
    fixed = fix(capsys, tmp_path, RULE, {**KEYED, YAML: NO_KEY}, sql=sql)
    assert not fixed.changed
    assert why in fixed.left(RULE)[0]


def test_a_key_of_several_columns_is_left_to_a_person(capsys, tmp_path) -> None:
    several = {SQL: "{{ config(unique_key=['customer_id', 'customer_name']) }}\n" + FILES[SQL]}
    fixed = fix(capsys, tmp_path, RULE, {**several, YAML: NO_KEY})
    assert not fixed.changed
    assert "test their combination" in fixed.left(RULE)[0]


def test_a_test_that_is_disabled_is_not_written_a_second_time(capsys, tmp_path) -> None:
    off = FILES[YAML].replace(
        "data_tests: [unique, not_null]",
        "data_tests: [{unique: {config: {enabled: false}}}, not_null]",
    )
    fixed = fix(capsys, tmp_path, RULE, {**KEYED, YAML: off})
    assert not fixed.changed
    assert "tests of customer_id are there and disabled" in fixed.left(RULE)[0]
