from tests.fix_builders import fix

RULE = "model-has-owner"
SQL = "models/staging/raw/stg_orders.sql"
YAML = "models/staging/raw/stg_orders.yml"
ORDERS = {SQL: "select 1 as order_id, 'x' as note\n"}
ENTRY = (
    "# ours\r\nmodels:\r\n    -   name: stg_orders # the orders\r\n"
    "        description: 'One row per order.'\r\n        columns:\r\n"
    "        -   name: order_id\r\n            data_tests: [unique, not_null]\r\n"
)


def test_the_group_of_the_folder_is_written_into_the_entry(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {**ORDERS, YAML: ENTRY})
    text = ENTRY.replace(
        "order.'\r\n", "order.'\r\n        config:\r\n            group: sales\r\n"
    )
    assert fixed.changed == {YAML: text}
    assert not fixed.left(RULE)


def test_a_model_without_a_properties_file_gets_one(capsys, tmp_path) -> None:
    settings = "check: {rules: {model-has-yaml-entry: off, model-has-description: off}}\n"
    fixed = fix(capsys, tmp_path, RULE, ORDERS, settings=settings)
    expected = "models:\n  - name: stg_orders\n    config:\n      group: sales\n"
    assert fixed.changed == {YAML: expected}


def test_the_owner_in_meta_is_taken_over(capsys, tmp_path) -> None:
    neighbour = (
        "models:\n  - name: stg_customers\n    description: One row per customer.\n"
        "    config: {meta: {owner: {name: Ada}}}\n    columns:\n      - name: customer_id\n"
        "        data_tests: [unique, not_null]\n"
    )
    changes = {**ORDERS, YAML: ENTRY, "models/staging/raw/stg_customers.yml": neighbour}
    fixed = fix(capsys, tmp_path, RULE, changes)
    assert "meta:\r\n                owner:\r\n" in (fixed.changed[YAML] or "")


def test_several_owners_around_it_are_left_to_a_person(capsys, tmp_path) -> None:
    other = ENTRY.replace("stg_orders", "stg_other").replace(
        "        columns", "        config: {group: growth}\r\n        columns"
    )
    changes = {
        **ORDERS,
        YAML: ENTRY,
        "models/staging/raw/stg_other.sql": "select 1 as order_id\n",
        "models/staging/raw/stg_other.yml": other,
    }
    fixed = fix(capsys, tmp_path, RULE, changes)
    assert not fixed.changed
    assert (
        "not fixed: the models around it have several owners: growth, sales" in fixed.left(RULE)[0]
    )


def test_an_entry_that_cannot_be_edited_safely_is_left_alone(capsys, tmp_path) -> None:
    text = (
        "models:\n  - &base\n    name: stg_orders\n    description: One row per order.\n"
        "    columns: [{name: order_id, data_tests: [unique, not_null]}]\n"
    )
    fixed = fix(capsys, tmp_path, RULE, {**ORDERS, YAML: text})
    assert not fixed.changed
    assert "not fixed: an anchor or a tag stands there" in fixed.left(RULE)[0]
