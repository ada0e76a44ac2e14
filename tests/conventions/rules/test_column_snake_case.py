import pytest

from platform_cli.conventions.rules.column_snake_case import column_snake_case
from tests.rule_builders import found


def of_column(folder, name, **settings):
    yaml = f"models:\n  - name: orders\n    columns:\n      - name: {name}\n"
    files = {"models/orders.sql": "select 1 as id", "models/orders.yml": yaml}
    return found(column_snake_case, folder, files, **settings)


@pytest.mark.parametrize("name", ["order_id", "_loaded_at", "ORDER_ID", "line_2", "x"])
def test_snake_case_and_the_capitals_of_snowflake_are_well(tmp_path, name) -> None:
    assert not of_column(tmp_path, name)


@pytest.mark.parametrize("name", ["orderId", "OrderId", "order id", "order-id", "2nd_name", "a,"])
def test_anything_else_is_found_at_the_column(tmp_path, name) -> None:
    assert of_column(tmp_path, f'"{name}"') == [
        f"models/orders.yml:4:9 column {name} is not in snake case"
    ]


def test_the_pattern_is_a_setting(tmp_path) -> None:
    assert of_column(tmp_path, "ORDER_ID", pattern="[a-z_]+")
    assert not of_column(tmp_path, "orderId", pattern="[a-zA-Z]+")
    assert not of_column(tmp_path, "orderId", in_layers=("marts",))
