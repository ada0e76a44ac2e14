import pytest

from platform_cli.conventions.rules.column_suffix_matches_type import column_suffix_matches_type
from tests.rule_builders import found


def of_column(folder, name, data_type, **settings):
    yaml = (
        "models:\n  - name: orders\n    columns:\n"
        f"      - name: {name}\n        data_type: {data_type}\n"
    )
    files = {"models/orders.sql": "select 1 as id", "models/orders.yml": yaml}
    return found(column_suffix_matches_type, folder, files, **settings)


@pytest.mark.parametrize(
    ("name", "data_type"),
    [
        ("is_late", "boolean"),
        ("has_paid", "BOOL"),
        ("created_at", "timestamp_ntz(9)"),
        ("created_at", "timestamp without time zone"),
        ("CREATED_AT", "datetime"),
        ("order_date", "date"),
        ("net_amount", "numeric(18, 2)"),
        ("net_amount", "double precision"),
        ("created_at", "variant"),
        ("is_late", "order_flag"),
        ("stat", "varchar"),
        ("island", "varchar"),
        ("_at", "varchar"),
    ],
)
def test_a_type_of_the_family_and_one_of_no_family_are_well(tmp_path, name, data_type) -> None:
    assert not of_column(tmp_path, name, data_type)


@pytest.mark.parametrize(
    ("name", "data_type", "wanted"),
    [
        ("is_late", "varchar(1)", "boolean"),
        ("has_paid", "integer", "boolean"),
        ("created_at", "date", "timestamp or time"),
        ("order_date", "timestamp", "date"),
        ("net_amount", "varchar", "integer or number or float"),
    ],
)
def test_a_type_of_another_family_is_found_at_the_type(tmp_path, name, data_type, wanted) -> None:
    [line] = of_column(tmp_path, name, data_type)
    assert line.startswith(f"models/orders.yml:5:9 column {name} is declared as {data_type}; ")
    assert line.endswith(f"by its name it is a {wanted}")


def test_the_names_are_a_setting_and_the_longest_counts(tmp_path) -> None:
    names = {"*_at": "timestamp", "*_looked_at": "boolean"}
    assert not of_column(tmp_path, "is_looked_at", "boolean", names=names)
    assert of_column(tmp_path, "is_made_at", "boolean", names=names)
