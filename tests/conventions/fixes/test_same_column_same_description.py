import pytest

from tests.fix_builders import described, fix

RULE = "same-column-same-description"
YAML = "models/marts/sales/dim_customers.yml"
SQL = "models/marts/sales/dim_customers.sql"
ON = "check: {rules: {same-column-same-description: info}}\n"


def test_words_that_say_all_and_more_are_taken_over(capsys, tmp_path) -> None:
    changes = described(YAML, "The key.", "the key   # ours")
    fixed = fix(capsys, tmp_path, RULE, changes, settings=ON)
    assert fixed.changed == described(YAML, "The key.", '"The key: never reused."   # ours')
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The number on the invoice.", "says what the other does not"),
        ("reused the key", "says what the other does not"),
        ("\"{{ doc('the_key') }}\"", "has Jinja in it"),
    ],
)
def test_nothing_that_a_person_said_is_lost(capsys, tmp_path, text, why) -> None:
    docs = {"models/docs.md": "{% docs the_key %}The key{% enddocs %}\n"}
    changes = described(YAML, "The key.", text) | docs
    fixed = fix(capsys, tmp_path, RULE, changes, settings=ON)
    assert not fixed.changed
    assert why in fixed.left(RULE)[0]


def test_a_column_that_is_computed_is_another_one(capsys, tmp_path) -> None:
    sql = "select customer_id + 1 as customer_id, customer_name from {{ ref('stg_customers') }}\n"
    fixed = fix(capsys, tmp_path, RULE, {SQL: sql}, settings=ON)
    assert not fixed.changed
    assert "is not certain" in fixed.left(RULE)[0]
