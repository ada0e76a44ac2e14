import pytest

from platform_cli.conventions.rules.foreign_key_has_relationships_test import (
    foreign_key_has_relationships_test,
)
from tests.rule_builders import found

PASSENGERS = """\
models:
  - name: dim_passengers
    columns:
      - name: passenger_id
        data_tests: [unique, not_null]
"""
TRIPS = """\
models:
  - name: fct_trips
    columns:
      - name: trip_id
        data_tests: [unique, not_null]
      - name: passenger_id
"""
FILES = {
    "models/marts/dim_passengers.sql": "select 1 as passenger_id",
    "models/marts/dim_passengers.yml": PASSENGERS,
    "models/marts/fct_trips.sql": "select 1 as trip_id, 1 as passenger_id",
    "models/marts/fct_trips.yml": TRIPS,
}


def test_the_key_of_the_model_named_after_it_is_a_foreign_key(tmp_path) -> None:
    [line] = found(foreign_key_has_relationships_test, tmp_path, FILES)
    assert line.startswith("models/marts/fct_trips.yml:6:9 passenger_id is the key of dim_pass")


IS_THERE = "{relationships: {arguments: {to: ref('dim_passengers'), field: passenger_id}}}"


@pytest.mark.parametrize(
    "of_column",
    [
        f"data_tests: [{IS_THERE}]",
        "constraints: [{type: foreign_key, to: ref('dim_passengers'), to_columns: [passenger_id]}]",
    ],
)
def test_a_test_or_a_constraint_is_well(tmp_path, of_column) -> None:
    files = FILES | {"models/marts/fct_trips.yml": f"{TRIPS}        {of_column}\n"}
    assert not found(foreign_key_has_relationships_test, tmp_path, files)


def test_a_key_of_its_own_model_and_a_key_of_a_table_of_another_name_are_none(tmp_path) -> None:
    own = {"models/marts/fct_trips.yml": TRIPS + "        data_tests: [unique, not_null]\n"}
    assert not found(foreign_key_has_relationships_test, tmp_path, FILES | own)
    other = {
        "models/marts/dim_passengers.sql": None,
        "models/marts/dim_passengers.yml": None,
        "models/marts/dim_bonus_cards.sql": "select 1 as passenger_id",
        "models/marts/dim_bonus_cards.yml": PASSENGERS.replace("dim_passengers", "dim_bonus_cards"),
    }
    files = {path: text for path, text in (FILES | other).items() if text}
    assert not found(foreign_key_has_relationships_test, tmp_path / "other", files)


def test_layers_and_endings_are_settings(tmp_path) -> None:
    assert not found(foreign_key_has_relationships_test, tmp_path, FILES, in_layers=("x",))
    assert not found(foreign_key_has_relationships_test, tmp_path, FILES, endings=("_key",))
    layers = ("marts", "no_such_layer")
    assert found(foreign_key_has_relationships_test, tmp_path, FILES, in_layers=layers)
