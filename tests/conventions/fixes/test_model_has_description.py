import pytest

from tests.fix_builders import described, fix

RULE = "model-has-description"
SQL = "models/staging/raw/stg_customers.sql"
YAML = "models/staging/raw/stg_customers.yml"
QUERY = "select 7 as customer_id, 'Ada' as customer_name\n"
CONFIG = "{{ config(materialized='view', meta={'a': 1}) }}\n\n"
UNDESCRIBED = described(YAML, "    description: One row per customer.\n", "")


@pytest.mark.parametrize(
    "comment",
    [
        "-- Customers of the shop: one row\n-- per customer, never deleted.\n",
        "/*\n * Customers of the shop: one row per customer, never deleted.\n *\n * By Ann.\n */\n",
        "{#- Customers of the shop: one row per customer, never deleted. -#}\n",
        CONFIG + "-- ------\n-- noqa: LT01\n-- Customers of the shop: one row per customer,\n"
        "-- never deleted.\n--\n-- Changed in May.\n",
    ],
)
def test_the_comment_at_the_top_is_the_description(capsys, tmp_path, comment) -> None:
    fixed = fix(capsys, tmp_path, RULE, {SQL: comment + QUERY, **UNDESCRIBED})
    words = '"Customers of the shop: one row per customer, never deleted."'
    assert fixed.changed == described(YAML, "One row per customer.", words)
    assert not fixed.left(RULE)


def test_a_todo_gives_way(capsys, tmp_path) -> None:
    changes = described(YAML, "One row per customer.", "TODO")
    fixed = fix(
        capsys, tmp_path, RULE, {SQL: f"-- One row per known customer.\n{QUERY}", **changes}
    )
    words = "One row per known customer."
    assert fixed.changed == described(YAML, "One row per customer.", words)


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "-- TODO say what a row of this is\n",
        "-- customers\n",
        "-- select a, b, c from old_customers\n",
        "-- Created by Ann on the first of May\n",
        "-- where customer_id > 3 and not deleted\n",
        "-- {{ ref('stg_orders') }} is read for the keys alone\n",
        "-- waive: dead-model until=2000-01-01 owner=sales reason='long over by now'\n",
        CONFIG,
    ],
)
def test_what_is_no_description_is_left_alone(capsys, tmp_path, comment) -> None:
    fixed = fix(capsys, tmp_path, RULE, {SQL: comment + QUERY, **UNDESCRIBED})
    assert YAML not in fixed.changed
    assert "only a person knows" in fixed.left(RULE)[0]
