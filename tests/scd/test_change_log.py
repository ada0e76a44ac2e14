"""Change logs through the engine: the examples of AUTO CDC, the table of kept events, refusals.

That any order and split of the events gives the same history is
what the property tests look at; these say what the history is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.builders import guarded_project, write
from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Played, Player, run_dbt

COLUMNS = [("id", "INTEGER"), ("city", "VARCHAR"), ("op", "VARCHAR"), ("seq", "INTEGER")]
FEED = [
    "124 Oaxaca U 1",
    "123 Monterrey U 1",
    "125 Tijuana U 2",
    "126 Cancun U 2",
    "123 - D 6",
    "125 Guadalajara U 6",
    "125 Mexicali U 5",
    "123 Chihuahua U 5",
]
TRUNCATE = "- - T 3"
RULES = {"delete_when": "op = 'D'", "truncate_when": "op = 'T'", "ignore_columns": ["op"]}
LOG: Config = {"strategy": "change_log", "unique_key": ["id"], "updated_at": "seq", "scd": RULES}
RECORDS = LOG | {"hard_deletes": "new_record"}
NULLS = LOG | {"scd": RULES | {"ignore_null_updates": ["city"]}}
TIES = LOG | {"scd": RULES | {"sequence_by": "tie"}}
TYPE_1 = LOG | {"scd": RULES | {"type": 1}}
SINCE = LOG | {"scd": RULES | {"initial_valid_from": 0}}
OF_FEED = [
    (123, "Chihuahua", 5, 6),
    (123, "Monterrey", 1, 5),
    (124, "Oaxaca", 1, None),
    (125, "Guadalajara", 6, None),
    (125, "Mexicali", 5, 6),
    (125, "Tijuana", 2, 5),
    (126, "Cancun", 2, None),
]


def events(*rows: str, columns: list[tuple[str, str]] = COLUMNS) -> tuple[Any, Any]:
    return columns, [[None if cell == "-" else cell for cell in row.split()] for row in rows]


def runs(*batches: list[str], config: Config = LOG) -> list[Batch]:
    """One run per batch, a day apart; with `sequence_by: tie` the rows have a fifth column."""
    columns = [*COLUMNS, ("tie", "INTEGER")] if config is TIES else COLUMNS
    return [
        Batch(f"2024-01-{day:02} 00:00:00.000000", *events(*rows, columns=columns), config)
        for day, rows in enumerate(batches, 1)
    ]


HISTORIES: dict[str, tuple[list[Batch], list[Any]]] = {
    "type_2": (runs(FEED), OF_FEED),
    "one_event_a_run": (runs(*([row] for row in FEED)), OF_FEED),
    "type_1": (
        runs(FEED, config=TYPE_1),
        [(124, "Oaxaca", 1, None), (125, "Guadalajara", 6, None), (126, "Cancun", 2, None)],
    ),
    "type_1_then_truncate_and_late": (
        runs(FEED, [TRUNCATE], ["123 Late U 4", "126 Late U 2"], config=TYPE_1),
        [(125, "Guadalajara", 6, None)],
    ),
    "truncate": (
        runs(["1 a U 1", "2 b U 4"], ["- - T 3"], ["3 c U 2", "2 b U 3"]),
        [(1, "a", 1, 3), (2, "b", 3, None), (3, "c", 2, 3)],
    ),
    "late_event_splits": (
        runs(["1 a U 1", "1 c U 5"], ["1 b U 3"]),
        [(1, "a", 1, 3), (1, "b", 3, 5), (1, "c", 5, None)],
    ),
    "late_delete_ends_earlier": (
        runs(["1 a U 1", "1 b U 5"], ["1 - D 3"]),
        [(1, "a", 1, 3), (1, "b", 5, None)],
    ),
    "delete_before_what_it_deletes": (
        runs(["1 - D 5"], ["1 a U 1"], ["1 a U 7"]),
        [(1, "a", 1, 5), (1, "a", 7, None)],
    ),
    "repeat_becomes_a_change": (
        runs(["1 a U 1", "1 a U 5", "1 a U 7"], ["1 b U 3"], ["1 b U 6"]),
        [(1, "a", 1, 3), (1, "a", 5, 6), (1, "a", 7, None), (1, "b", 3, 5), (1, "b", 6, 7)],
    ),
    "deleted_records": (
        runs(["1 a U 1", "1 - D 3"], ["1 - D 2"], ["1 a U 9"], config=RECORDS),
        [(1, "a", 1, 2), (1, "a", 2, 9), (1, "a", 9, None)],
    ),
    "nulls_keep_what_was": (
        runs(["1 a U 1", "1 - U 5"], ["1 b U 3"], ["1 - D 4"], config=NULLS),
        [(1, "a", 1, 3), (1, "b", 3, 4), (1, None, 5, None)],
    ),
    "ties": (
        runs(["1 a U 1 1", "1 c U 1 3"], ["1 b U 1 2", "1 a U 0 9"], config=TIES),
        [(1, "a", 0, 1), (1, "c", 1, None)],
    ),
    "first_version_reaches_back": (
        runs(["1 b U 3"], ["1 a U 2"], ["1 c U 4"], config=SINCE),
        [(1, "a", 0, 3), (1, "b", 3, 4), (1, "c", 4, None)],
    ),
    "rules_change": (
        [*runs(["1 a U 1", "1 - D 3", "2 b U 2"]), *runs([], [], ["2 c U 4"], config=RECORDS)[2:]],
        [(1, "a", 1, 3), (1, "a", 3, None), (2, "b", 2, 4), (2, "c", 4, None)],
    ),
    "two_deletes_are_one": (
        runs(["1 a U 1", "1 - D 3", "1 a D 3"], ["1 b D 3"]),
        [(1, "a", 1, 3)],
    ),
}

MOVED = [("id", "INTEGER"), ("city", "VARCHAR"), ("op", "VARCHAR"), ("moved", "TIMESTAMP")]
STATE: Config = {
    "strategy": "timestamp",
    "unique_key": ["id"],
    "updated_at": "moved",
    "hard_deletes": "invalidate",
}


def of_days(day: int, config: Config, *rows: str) -> Batch:
    """A run on a day of January 2024; `1 a U 3` moved on the third."""
    cells = [row.split() for row in rows]
    moved: list[list[str | None]] = [
        [*row[:3], f"2024-01-{int(row[3]):02} 00:00:00"] for row in cells
    ]
    return Batch(f"2024-01-{day:02} 00:00:00.000000", MOVED, moved, config)


# Key 1 changed without moving on, so its version of the sixth starts with the run; key 2 went.
ADOPTED = [
    of_days(5, STATE, "1 a U 1", "2 b U 2"),
    of_days(6, STATE, "1 aa U 1"),
    of_days(7, STATE | {"strategy": "change_log", "scd": RULES}, "2 c U 4", "1 ab U 3"),
    of_days(8, STATE | {"strategy": "change_log", "scd": RULES}, "1 - D 8"),
]

EVENTS = STATE | {"strategy": "change_log", "scd": RULES}
CHECK = STATE | {"strategy": "check", "check_cols": ["city"], "updated_at": None}
# The second event of key 1 changes nothing but the untracked `op`, and the check once more.
THERE_AND_BACK = [
    of_days(5, EVENTS, "1 a U 1", "1 a V 4", "2 b U 1", "2 b V 3"),
    of_days(6, CHECK, "1 a W 4", "2 b V 3"),
    of_days(10, EVENTS, "1 c X 8"),
    of_days(12, EVENTS, "2 c X 11"),
]

ONE = runs(["1 a U 1"])
TEXT = [("id", "INTEGER"), ("city", "VARCHAR"), ("op", "VARCHAR"), ("seq", "VARCHAR")]


def refused_as(scd: dict[str, Any], columns: Any = COLUMNS) -> Batch:
    config = LOG | {"scd": scd}
    return Batch("2024-01-02 00:00:00.000000", *events("1 b U 2", columns=columns), config)


REFUSED: dict[str, tuple[list[Batch], str, list[str]]] = {
    "conflict_in_a_run": ([*ONE, runs([], ["1 b U 2", "1 c U 2"])[1]], "conflicting_events", ["1"]),
    "conflict_with_the_history": ([*ONE, runs([], ["1 b U 1"])[1]], "conflicting_events", ["1"]),
    "conflict_with_a_kept_event": (
        [*runs(["1 a U 1", "1 a U 2"]), runs([], ["1 b U 1", "2 b U 1"])[1]],
        "conflicting_events",
        ["1"],
    ),
    "conflict_in_the_first_load": (runs(["2 a U 1", "1 b U 2", "1 c U 2"]), "conflicting", ["1"]),
    "null_key": ([*ONE, runs([], ["- b U 2", "- - T 2"])[1]], "null_key: 1 of 2", ["NULL"]),
    "null_sequence": ([*ONE, runs([], ["1 b U -"])[1]], "null_sequence: 1 of 1", ["1"]),
    "text_sequence": ([*ONE, refused_as({}, TEXT)], "sequence_type: updated_at is", []),
    "text_tie": ([*ONE, refused_as({"sequence_by": "city"})], "sequence_type: meta.scd.sequ", []),
    "unknown_column": (
        [*ONE, refused_as({"ignore_null_updates": ["ctiy"]})],
        "missing_column: meta.scd.ignore_null_updates names the column ctiy",
        [],
    ),
    "no_condition": (
        [*ONE, refused_as({"delete_when": "op"})],
        "unknown_setting: meta.scd.delete_when is op, which is no condition (it gives VARCHAR)",
        [],
    ),
    "condition_of_an_unknown_column": (
        [*ONE, refused_as({"delete_when": "opp = 'D'"})],
        "missing_column: meta.scd.delete_when names the column opp, which the source does not have",
        [],
    ),
    "condition_that_is_no_sql": (
        [*ONE, refused_as({"truncate_when": "op = = 'T'"})],
        "unknown_setting: meta.scd.truncate_when is op = = 'T', which is not SQL: syntax error",
        [],
    ),
    "condition_that_ends_its_brackets": (
        [*ONE, refused_as({"delete_when": "op = 'D') or (true"})],
        "unknown_setting: meta.scd.delete_when is op = 'D') or (true, which is not one condition",
        [],
    ),
    "condition_with_a_bracket_too_few": (
        [*ONE, refused_as({"delete_when": "(op = 'D'"})],
        "unknown_setting: meta.scd.delete_when is (op = 'D', which is not SQL: syntax error",
        [],
    ),
    "condition_that_ends_the_statement": (
        [*ONE, refused_as({"truncate_when": "false) from source; drop table x; select (true"})],
        "unknown_setting: meta.scd.truncate_when is false) from source; drop table x",
        [],
    ),
    "no_condition_at_all": (
        [*ONE, refused_as({"delete_when": " "})],
        "unknown_setting: meta.scd.delete_when is  , which is not one condition by itself",
        [],
    ),
    "type": ([*ONE, refused_as({"type": 3})], "unknown_setting: meta.scd.type is 3", []),
    "tolerance": ([*ONE, refused_as({"tolerance": {"seq": 1}})], "unknown_setting", []),
}


@pytest.fixture(scope="module", params=["duckdb", "portable"])
def played(request: pytest.FixtureRequest, player: Player) -> dict[str, list[Played]]:
    """Every case, in each form of the engine."""
    cases = [Case(name, batches) for name, (batches, _) in HISTORIES.items()]
    cases += [Case(name, batches) for name, (batches, _, _) in REFUSED.items()]
    cases += [Case("adopted", ADOPTED), Case("there_and_back", THERE_AND_BACK)]
    return player(cases, request.param)


def versions(run: Played) -> list[tuple[Any, ...]]:
    assert run.dump is not None, run.crash or run.said
    rows = [dict(zip(run.dump.columns, row, strict=True)) for row in run.dump.rows]
    names = ("id", "city", "dbt_valid_from", "dbt_valid_to")
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


@pytest.mark.parametrize("name", HISTORIES)
def test_scd_snapshot__change_log(played: dict[str, list[Played]], name: str) -> None:
    batches, expected = HISTORIES[name]
    assert [(run.refusals, run.crash) for run in played[name]] == [([], None)] * len(batches)
    assert versions(played[name][-1]) == sorted(expected, key=str)


@pytest.mark.parametrize("name", REFUSED)
def test_scd_snapshot__change_log_refuses(played: dict[str, list[Played]], name: str) -> None:
    _, text, keys = REFUSED[name]
    *before, last = played[name]
    assert len(last.said) == 1, last.crash
    assert f"{last.said[0]['name']}: {last.said[0]['message']}".startswith(text)
    assert last.said[0]["keys"] == keys
    assert last.dump == (before[-1].dump if before else None)


def test_scd_snapshot__change_log_counts_each_key_once(played: dict[str, list[Played]]) -> None:
    def counted(name: str) -> list[dict[str, int]]:
        kinds = ("new", "returned", "changed", "closed", "overwritten", "late", "unchanged")
        runs_of = played[name]
        return [{kind: run.counts[kind] for kind in kinds if run.counts[kind]} for run in runs_of]

    assert counted("type_2") == [{"new": 4}]
    assert counted("late_event_splits") == [{"new": 1}, {"late": 1}]
    early = counted("delete_before_what_it_deletes")
    assert early == [{"unchanged": 1}, {"new": 1}, {"returned": 1}]
    assert counted("late_delete_ends_earlier")[1] == {"late": 1}
    assert counted("first_version_reaches_back")[2] == {"changed": 1}
    assert counted("two_deletes_are_one")[1] == {"unchanged": 1}


def test_scd_snapshot__change_log_adopts_a_history_of_states(
    played: dict[str, list[Played]],
) -> None:
    assert [run.crash or run.said for run in played["adopted"]] == [[]] * len(ADOPTED)
    days = [
        (key, city, start.day, end and end.day)
        for key, city, start, end in versions(played["adopted"][-1])
    ]
    assert days == [
        (1, "a", 1, 3),
        (1, "aa", 6, 8),
        (1, "ab", 3, 6),
        (2, "b", 2, 4),
        (2, "c", 4, 6),
    ]


def test_scd_snapshot__change_log_keeps_what_a_version_showed_when_it_was_taken_back(
    played: dict[str, list[Played]],
) -> None:
    runs_of = played["there_and_back"]
    assert [run.crash or run.said for run in runs_of] == [[]] * len(THERE_AND_BACK)
    dump = runs_of[-1].dump
    assert dump is not None
    rows = [dict(zip(dump.columns, row, strict=True)) for row in dump.rows]
    shown = sorted(
        (row["id"], row["city"], row["op"], row["dbt_valid_from"].day, row["dbt_updated_at"].day)
        for row in rows
    )
    assert shown == [
        (1, "a", "W", 1, 4), (1, "c", "X", 8, 8), (2, "b", "V", 1, 3), (2, "c", "X", 11, 11)
    ]  # fmt: skip


@pytest.mark.slow
def test_materialization_snapshot_default__keeps_each_event_once(tmp_path: Path) -> None:
    config = {"delete_when": "name = 'D'", "ignore_columns": ["note"]}
    project = guarded_project(
        tmp_path,
        {
            "models/stg_ports.sql": "select code, name, note, seq::bigint as seq from "
            "read_csv('data/ports.csv', all_varchar = true)\n",
            "snapshots/snp_ports.yml": "snapshots:\n- name: snp_ports\n"
            "  relation: ref('stg_ports')\n  config:\n    unique_key: code\n"
            "    strategy: change_log\n    updated_at: seq\n"
            f"    meta: {{scd: {json.dumps(config)}}}\n",
        },
    )

    def load(*rows: str) -> list[tuple[Any, ...]]:
        write(project, {"data/ports.csv": "\n".join(["code,name,note,seq", *rows]) + "\n"})
        assert run_dbt(project, "build").returncode == 0
        with duckdb.connect(str(project / "tiny.duckdb"), read_only=True) as connection:
            asked = "select code, scd_is_delete, scd_sequence from snp_ports__events order by all"
            return connection.execute(asked).fetchall()

    # What a version shows is not kept; of a repeat the earlier event is.
    first = ["A,a,x,1", "A,b,x,2", "B,b,x,2", "B,b,y,3", "C,c,x,1", "C,D,x,4"]
    kept = [("B", False, 2), ("C", True, 4)]
    assert load(*first) == kept
    assert load(*first) == kept
    # A new repeat makes the one before it an event to keep; a late one is kept itself.
    kept += [("A", False, 2), ("C", False, 1)]
    assert load("A,b,x,5", "C,c,x,2", *first) == sorted(kept)
