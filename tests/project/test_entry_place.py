from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from platform_cli.project.entry_place import Composed, Entries, Item

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
    assert Entries(text).place(MODEL) == Composed(text).place(MODEL) == model
    assert Entries(text).place(COLUMN) == Composed(text).place(COLUMN) == column


def test_what_is_not_there_has_no_place() -> None:
    assert Entries(BLOCK).place(("models", Item("fct_delays"))) is None
    assert Entries(BLOCK).place(("models", Item("raw_flights"))) is None
    assert Entries(BLOCK).place(("models", "columns")) is None
    assert Entries("models: [").place(MODEL) is None
    assert Entries("").place(MODEL) is None


def test_the_place_of_a_key_inside_of_an_entry() -> None:
    assert Entries(BLOCK).place((*MODEL, "config", "group")) == (14, 7)
    assert Entries("models:\n- name: fct_flights\n  group: a\n").place((*MODEL, "group")) == (3, 3)


def test_a_column_of_the_same_name_is_not_the_model() -> None:
    text = "models:\n  - description: a\n    name: x\n    columns:\n      - name: fct_flights\n"
    assert Entries(text).place(MODEL) is None
    assert Entries(text.replace("name: x", "name: fct_flights")).place(MODEL) == (2, 5)


def test_a_text_is_no_entry() -> None:
    text = "models:\n  - name: a\n    description: |\n      - name: fct_flights\n      columns:\n"
    assert Entries(text + "  - name: fct_flights\n").place(MODEL) == (6, 5)
    assert Entries(text).place(("models", Item("a"), "columns")) is None
    flow = "models:\n  - name: fct_flights\n    config: {meta: '\n\n      group: a', group: b}\n"
    assert Entries(flow).place((*MODEL, "config", "group")) == (5, 18)


def test_an_item_may_start_in_the_line_after_its_dash() -> None:
    text = (
        "models:\n  - name: fct_flights\n  -\n    name: b\n    columns:\n      - name: flight_id\n"
    )
    assert Entries(text).place(COLUMN) is None
    assert Entries(text).place(("models", Item("b"), "columns", Item("flight_id"))) == (6, 9)


def test_of_equal_keys_the_last_counts() -> None:
    text = "models:\n  - name: fct_flights\nmodels:\n  - name: fct_flights\n"
    assert Entries(text).place(MODEL) == Composed(text).place(MODEL) == (4, 5)


def test_an_alias_is_followed() -> None:
    text = (
        "models:\n  - name: a\n    columns: &same\n      - name: flight_id\n"
        "  - name: fct_flights\n    columns: *same\n"
    )
    assert Entries(text).place(COLUMN) == (4, 9)


NAMES = st.text("abc_", min_size=1, max_size=2)


def named(item: Any) -> object:
    return item["name"] if isinstance(item, dict) and "name" in item else object()


TREES = st.recursive(
    NAMES | st.text(" -#:an\n'", max_size=12),
    lambda inner: (
        st.lists(
            inner | st.fixed_dictionaries({"name": NAMES, "a": inner}),
            max_size=3,
            unique_by=named,  # dbt refuses two entries of one name
        )
        | st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=12,
)


def ways(value: Any) -> list[tuple[str | Item, ...]]:
    """Every way from the top to a key or a named item."""
    found: list[tuple[str | Item, ...]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    else:
        items = value if isinstance(value, list) else []
        pairs = [
            (Item(one["name"]), one) for one in items if isinstance(one, dict) and "name" in one
        ]
    for key, inner in pairs:
        found += [(key,), *((key, *rest) for rest in ways(inner))]
    return found


@given(TREES, st.booleans(), st.sampled_from([None, False]))
def test_the_lines_say_what_yaml_says(value: Any, sort: bool, style: bool | None) -> None:
    text = yaml.safe_dump(value, sort_keys=sort, default_flow_style=style)
    entries, truth = Entries(text), Composed(text)
    for way in ways(value):
        assert entries.place(way) == truth.place(way), (text, way)
