"""Every refusal of a state source: its name, what it says, whose keys it shows; nothing is written.

All of them are played by one dbt: each case is a first run that is accepted, then the one refused.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.scd.properties.case import Batch, Case
from tests.scd.properties.play import Played, install, play

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
    "unknown_setting": (
        FIRST,
        on(2, KEYED, rows(2), {**CHECK, "scd": {"tolerence": {}}}),
        "meta.scd has no setting tolerence: did you mean tolerance?",
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


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Played]]:
    project = install(tmp_path_factory.mktemp("refusals"))
    return play(project, [Case(name, list(batches[:2])) for name, batches in REFUSED.items()])


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_words_and_writes_nothing(name: str, played: dict[str, list[Played]]) -> None:
    _, _, words, keys = REFUSED[name]
    accepted, refused = played[name]
    assert accepted.refusals == []
    (said,) = refused.said
    assert said["name"] == name
    assert words in said["message"]
    assert said["keys"] == keys
    assert refused.dump == accepted.dump
    assert refused.runs == accepted.runs == 1
