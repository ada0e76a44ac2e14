"""Every refusal of a state source: its name, what it says, whose keys it shows; nothing is written.

Each case is a first run that is accepted, then the one refused.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.scd.properties.case import Batch, Case
from tests.scd.properties.play import Played, Player

CHECK = {"strategy": "check", "unique_key": ["id"], "check_cols": "all"}
STAMPED = {"strategy": "timestamp", "unique_key": ["id"], "updated_at": "moved"}
KEYED = [("id", "INTEGER"), ("name", "VARCHAR")]
MOVED = [("id", "INTEGER"), ("moved", "TIMESTAMP")]


def rows(number: int, name: str = "a") -> list[list[str | None]]:
    return [[str(key), f"{name}{key}"] for key in range(number)]


def on(day: int, columns: Any, values: Any, config: Any = CHECK, allow: Any = ()) -> Batch:
    return Batch(f"2024-01-{day:02} 00:00:00.000000", columns, values, config, list(allow))


FIRST = on(1, KEYED, rows(2))
MANY = on(1, KEYED, rows(40), {**CHECK, "hard_deletes": "invalidate"})

REFUSED = {
    "null_key": (FIRST, on(2, KEYED, [*rows(2), [None, "b"]]), "1 of 3 source rows", ["NULL"]),
    "duplicate_key": (FIRST, on(2, KEYED, [*rows(2), ["1", "b"]]), "(id)", ["1"]),
    "null_sequence": (
        on(1, MOVED, [["1", "2024-01-01 00:00:00"]], STAMPED),
        on(2, MOVED, [["1", None]], STAMPED),
        "1 of 1 source rows have no moved",
        ["1"],
    ),
    "sequence_type": (
        FIRST,
        on(2, KEYED, rows(2), {**STAMPED, "updated_at": "name"}),
        "updated_at is the column name of type VARCHAR",
        [],
    ),
    "empty_source": (
        on(1, KEYED, rows(2), {**CHECK, "hard_deletes": "invalidate"}),
        on(2, KEYED, [], {**CHECK, "hard_deletes": "invalidate"}),
        "all 2 open versions would be closed",
        ["0", "1"],
    ),
    "mass_delete": (
        MANY,
        on(2, KEYED, rows(20), MANY.config),
        "20 of 40 open versions would be closed at once, more than 20.0 %",
        ["20", "21", "22", "23", "24"],
    ),
    "mass_change": (
        MANY,
        on(2, KEYED, rows(40, "b"), MANY.config),
        "40 of 40 open versions would be changed at once, more than 60.0 %",
        ["0", "1", "10", "11", "12"],
    ),
    "reserved_column": (
        FIRST,
        on(2, [*KEYED, ("DBT_VALID_TO", "DATE")], [["1", "a", None]]),
        "the source has a column DBT_VALID_TO",
        [],
    ),
    "missing_column": (
        FIRST,
        on(2, KEYED, rows(2), {**CHECK, "check_cols": ["nmae"]}),
        "check_cols names the column nmae, which the source does not have: did you mean name?",
        [],
    ),
    "unused_column": (
        FIRST,
        on(2, KEYED, rows(2), {**CHECK, "check_cols": ["nmae"], "scd": {"track_columns": ["id"]}}),
        "check_cols names the column nmae",
        [],
    ),
    "unknown_setting": (
        FIRST,
        on(2, KEYED, rows(2), {**CHECK, "scd": {"tolerence": {}}}),
        "meta.scd has no setting tolerence: did you mean tolerance?",
        [],
    ),
    "value_hard_deletes": (
        FIRST,
        on(2, KEYED, rows(2), {**CHECK, "hard_deletes": "delete"}),
        "hard_deletes is delete; it is ignore, invalidate, new_record",
        [],
    ),
    "clock": (on(3, KEYED, rows(2)), on(2, KEYED, rows(2, "b")), "2024-01-03 00:00:00", []),
    "key_change": (
        on(1, KEYED, [["1", "x"], ["2", "x"]]),
        on(2, KEYED, [["1", "x"]], {**CHECK, "unique_key": ["name"]}),
        "under the new unique_key",
        ["x"],
    ),
}

WRONG_VALUES: dict[str, tuple[Any, str]] = {
    "no_mapping": (True, "meta.scd is True; it is a mapping of settings"),
    "share": (
        {"guards": {"mass_delete": 5}},
        "guards.mass_delete is 5; it is true, false, or a part",
    ),
    "percent": ({"guards": {"mass_change": "20%"}}, "guards.mass_change is 20%"),
    "below": ({"guards": {"mass_delete": -1}}, "guards.mass_delete is -1"),
    "no_share": (
        {"guards": {"empty_source": 0.5}},
        "guards.empty_source is 0.5; it is true or false",
    ),
    "guard_list": ({"guards": ["empty_source"]}, "it is a mapping: {mass_delete: 0.5}"),
    "tolerance": ({"tolerance": 0.1}, "tolerance is 0.1; it is a mapping of columns"),
    "distance": ({"tolerance": {"id": "abc"}}, "tolerance.id is abc; it is a number, 0 or more"),
    "negative": ({"tolerance": {"id": -1}}, "tolerance.id is -1"),
    "no_columns": ({"track_columns": []}, "track_columns is []; it is a list of columns"),
    "of_numbers": ({"ignore_columns": [1]}, "ignore_columns is [1]"),
    "of_a_log": ({"sequence_by": ["name"]}, "sequence_by is for strategy change_log; with check"),
    "deletes": ({"delete_when": "id = 1"}, "delete_when is for strategy change_log"),
    "ties": ({"check_ties": False}, "check_ties is for strategy timestamp"),
    "since": ({"initial_valid_from": "soon"}, "initial_valid_from is soon; it is a time"),
}
REFUSED |= {
    f"value_{name}": (FIRST, on(2, KEYED, rows(2), {**CHECK, "scd": value}), words, [])
    for name, (value, words) in WRONG_VALUES.items()
}


@pytest.fixture(scope="module")
def played(player: Player) -> dict[str, list[Played]]:
    return player([Case(name, list(batches[:2])) for name, batches in REFUSED.items()])


def test_a_history_does_not_begin_after_its_first_run(player: Player) -> None:
    later = {**CHECK, "scd": {"initial_valid_from": "2030-01-01"}}
    case = Case("later", [on(1, KEYED, rows(2), later)])
    (refused,) = player([case])["later"]
    (said,) = refused.said
    assert said["name"] == "clock"
    assert "initial_valid_from is 2030-01-01, after the time of this run" in said["message"]
    assert refused.runs == 0


def test_a_column_that_was_only_null_takes_the_type_of_its_first_value(player: Player) -> None:
    empty = on(1, [*KEYED, ("born", '"NULL"')], [["1", "a", None]])
    filled = on(2, [*KEYED, ("born", "DATE")], [["1", "a", "2024-01-31"]])
    again = on(3, [*KEYED, ("born", '"NULL"')], [["1", "a", None]])
    played = player([Case("typed", [empty, filled, again])])["typed"]
    assert [one.refusals for one in played] == [[], [], []]
    assert "DATE" in str(played[1].dump)
    assert "DATE" in str(played[2].dump)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_words_and_writes_nothing(name: str, played: dict[str, list[Played]]) -> None:
    _, _, words, keys = REFUSED[name]
    accepted, refused = played[name]
    assert accepted.refusals == []
    (said,) = refused.said
    called = {"unused_column": "missing_column"}.get(name, name)
    assert said["name"] == ("unknown_setting" if name.startswith("value_") else called)
    assert words in said["message"]
    assert said["keys"] == keys
    assert refused.dump == accepted.dump
    assert refused.runs == accepted.runs == 1
