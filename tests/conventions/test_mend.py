"""The rounds: what one fix does is seen by the next, and what is bad is taken back."""

from tests.fix_builders import fix

SQL = "models/staging/raw/orders.sql"


def test_several_fixes_of_one_model_are_made_one_after_the_other(capsys, tmp_path) -> None:
    text = "{{ config(unique_key='order_id') }}\nselect 1 as order_id\nunion\nselect 2\n"
    fixed = fix(capsys, tmp_path, "model-prefix-by-layer", {SQL: text}, sql="select 1")
    assert fixed.changed == {
        SQL: None,
        "models/staging/raw/stg_orders.sql": text.replace("union", "union distinct"),
        "models/staging/raw/stg_orders.yml": "models:\n  - name: stg_orders\n    config:\n"
        "      group: sales\n      alias: orders\n    columns:\n      - name: order_id\n"
        "        data_tests: [unique, not_null]\n",
    }
    left = {one["rule"] for one in fixed.after}
    assert left == {"model-has-description", "dead-model"}


def test_a_fix_that_would_break_the_project_is_taken_back_alone(capsys, tmp_path) -> None:
    hidden = "{{ config(group='sales') }}{% set x = 'orders' %}select * from {{ ref(x) }}\n"
    changes = {
        SQL: "{{ config(group='sales') }}select 1 as order_id\n",
        "models/staging/raw/trips.sql": "{{ config(group='sales') }}select 1 as trip_id\n",
        "models/intermediate/int_orders.sql": hidden,
    }
    settings = "check: {rules: {model-has-yaml-entry: off, model-has-description: off}}\n"
    fixed = fix(capsys, tmp_path, "model-prefix-by-layer", changes, settings=settings)
    assert sorted(path for path, text in fixed.changed.items() if text is not None) == [
        "models/staging/raw/stg_trips.sql",
        "models/staging/raw/stg_trips.yml",
    ]
    [left] = fixed.left("model-prefix-by-layer")
    assert "not fixed: int_orders would not be what it was" in left
