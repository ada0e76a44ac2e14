import pytest

from platform_cli.project.entry_place import Item, _composed, entry_place

BLOCK = """\
version: 2
sources:
  - name: fct_flights
    tables:
      - name: raw_flights
models:
  # the first one
  - name: dim_airports
    columns:
      - name: flight_id

  - name: "fct_flights"  # a comment
    config:
      group: network_planning
    columns:
      - name: carrier
      - name: flight_id
        data_tests: [unique]
"""
UNINDENTED = """\
models:
- name: dim_airports
  columns:
  - name: icao
- name: fct_flights
  columns:
  - name: carrier
  - name: flight_id
"""
NAME_NOT_FIRST = """\
models:
  - description: flights
    name: fct_flights
    columns: [{name: carrier}, {name: flight_id}]
"""
MODEL = ("models", Item("fct_flights"))
COLUMN = (*MODEL, "columns", Item("flight_id"))


@pytest.mark.parametrize(
    ("text", "model", "column"),
    [
        (BLOCK, (12, 5), (17, 9)),
        (UNINDENTED, (5, 3), (8, 5)),
        (NAME_NOT_FIRST, (2, 5), (4, 32)),
    ],
)
def test_the_place_of_an_entry_is_that_of_its_item(text, model, column) -> None:
    assert entry_place(text, MODEL) == _composed(text, MODEL) == model
    assert entry_place(text, COLUMN) == _composed(text, COLUMN) == column


def test_what_is_not_there_has_no_place() -> None:
    assert entry_place(BLOCK, ("models", Item("fct_delays"))) is None
    assert entry_place(BLOCK, ("models", Item("raw_flights"))) is None
    assert entry_place("models: [", MODEL) is None
    assert entry_place("", MODEL) is None
