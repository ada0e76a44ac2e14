"""What random histories have found, made small: each failed once."""

from dataclasses import replace

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Player
from tests.scd.properties.run import failing

MOVED = [("id", "INTEGER"), ("name", "VARCHAR"), ("moved", "DATE")]
NAME = ("name", "VARCHAR")
ODD: Config = {"strategy": "check", "unique_key": ["it's"], "check_cols": "all"}
LATE: Config = {"strategy": "check", "unique_key": ["id"], "updated_at": "moved"}


LOG: Config = {
    "strategy": "change_log", "unique_key": ["id"], "updated_at": "moved", "scd": {"type": 1}
}  # fmt: skip

DELETES: Config = LOG | {"scd": {"delete_when": "name = 'D'"}}


def on(day: int, *rows: list[str | None], config: Config = LATE) -> Batch:
    return Batch(f"2024-01-{day:02} 06:00:00.000000", MOVED, list(rows), config)


def typed(day: int, kind: str, *rows: list[str | None]) -> Batch:
    columns = [("id", "INTEGER"), ("value", kind)]
    config: Config = {"strategy": "check", "unique_key": ["id"], "check_cols": "all"}
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, list(rows), config)


def anew(batch: Batch) -> Batch:
    """The history is gone before this run, which may begin it anew."""
    return replace(batch, lost=True, allow=["missing_history"])


CLOSED_AT_ONCE: Config = {
    "strategy": "check", "unique_key": ["id"], "check_cols": "all", "hard_deletes": "invalidate"
}  # fmt: skip


def keyed(day: int, *key: str, row: list[str | None]) -> Batch:
    columns = [("id", "INTEGER"), ("part", "VARCHAR"), NAME]
    config = CLOSED_AT_ONCE | {"unique_key": list(key)}
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, [row], config)


def shown(day: int, kind: str, value: str) -> Batch:
    columns = [("id", "INTEGER"), NAME, ("value", kind)]
    config = CLOSED_AT_ONCE | {"check_cols": ["name"]}
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, [["1", "a", value]], config)


def unknown(batch: Batch) -> Batch:
    tracked = {"check_cols": ["gone"], "scd": {"track_columns": ["value"]}}
    return replace(batch, config=batch.config | tracked)


def counted(day: int, kind: str, *rows: list[str | None]) -> Batch:
    columns = [("id", "INTEGER"), ("value", kind), NAME, ("seq", "INTEGER")]
    config: Config = {
        "strategy": "change_log", "unique_key": ["id"], "updated_at": "seq",
        "scd": {"track_columns": ["name"]},
    }  # fmt: skip
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, list(rows), config)


RECORDED: Config = CLOSED_AT_ONCE | {"hard_deletes": "new_record"}


def many(name: str, keys: range) -> list[list[str | None]]:
    return [[str(key), name, "2024-01-01"] for key in keys]


def named_like_dbts(day: int, value: str) -> Batch:
    config = CLOSED_AT_ONCE | {"check_cols": ["name"], "columns": {"dbt_scd_id": "version_id"}}
    columns = [("id", "INTEGER"), NAME, ("value", "INTEGER"), ("dbt_scd_id", "INTEGER")]
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, [["1", "a", "3", value]], config)


LOADS_1: Config = LOG | {"scd": {"type": 1, "truncate_when": "name = 'T'"}}
JSON_EVENTS: Config = LOG | {"unique_key": ["part"], "updated_at": "seq", "scd": {}}
JSON_KEY: Config = CLOSED_AT_ONCE | {"unique_key": ["part"]}


def with_json(day: int, part: str, seq: str, config: Config = JSON_KEY) -> Batch:
    columns = [("part", "JSON"), ("seq", "INTEGER")]
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, [[part, seq]], config)


CASES = [
    Case(
        "late_row_with_the_start_of_a_closed_version",
        [
            on(3, ["1", "a", "2024-01-03"]),
            on(4, ["1", "b", "2024-01-01"]),
            on(7, ["1", "c", "2024-01-01"]),
        ],
    ),
    Case(
        "key_with_an_odd_name_that_went",
        [
            Batch("2024-01-03 06:00:00.000000", [("it's", "INTEGER"), NAME], [["1", "a"]], ODD),
            Batch("2024-01-04 06:00:00.000000", [NAME], [["a"]], ODD),
        ],
    ),
    Case(  # the oracle kept what the README forgets
        "a_replaced_event_of_type_1_comes_again_with_another_value",
        [
            on(3, ["1", "a", "2024-01-01"], ["1", "b", "2024-01-02"], config=LOG),
            on(4, ["1", "c", "2024-01-01"], config=LOG),
        ],
    ),
    Case(  # the oracle wrote 7 instead of 7.00
        "a_whole_number_becomes_a_decimal_and_then_text",
        [
            typed(3, "INTEGER", ["1", "7"]),
            typed(4, "DECIMAL(10,2)", ["1", "7.00"], ["2", "1.50"]),
            typed(5, "VARCHAR", ["1", "x"], ["2", "1.50"]),
        ],
    ),
    Case(  # the undo rows of the old life were cast to the new one's type
        "a_lost_history_begins_anew_with_another_type",
        [
            typed(3, "VARCHAR", ["1", "nan"]),
            typed(4, "VARCHAR", ["1", "b"]),
            anew(typed(5, "TIMESTAMP", ["1", "2024-01-01 00:00:00"])),
            typed(6, "TIMESTAMP", ["1", "2024-01-02 00:00:00"]),
        ],
    ),
    Case(  # the second event of the new life met a delete of the old one
        "a_lost_history_of_events_begins_anew",
        [
            on(3, ["1", "a", "2024-01-01"], ["1", "D", "2024-01-09"], config=DELETES),
            anew(on(4, ["1", "b", "2024-01-02"], config=DELETES)),
            on(5, ["1", "c", "2024-01-03"], config=DELETES),
        ],
    ),
    Case(  # the oracle took the time of the old life's last run for the clock of the new one
        "a_lost_history_begins_anew_at_an_earlier_time",
        [
            typed(3, "INTEGER", ["1", "1"]),
            anew(typed(1, "INTEGER", ["1", "2"])),
            typed(2, "INTEGER", ["1", "3"]),
        ],
    ),
    Case(  # the comparison took the second life for the first one, repeated
        "a_lost_history_begins_anew_with_the_input_of_the_last_run",
        [
            typed(3, "INTEGER", ["1", "1"]),
            typed(4, "INTEGER", ["1", "2"]),
            anew(typed(5, "INTEGER", ["1", "2"])),
        ],
    ),
    Case(  # track_columns takes the place of check_cols, but what these name must be there
        "check_cols_that_are_not_used_name_a_column_that_is_not_there",
        [shown(3, "INTEGER", "1"), unknown(shown(4, "INTEGER", "2"))],
    ),
    Case(  # the oracle did not know a guard by the name that the command line has for it
        "a_guard_let_through_by_its_name_on_the_command_line",
        [
            on(3, *([str(key), "a", "2024-01-01"] for key in range(20)), config=CLOSED_AT_ONCE),
            replace(on(3, ["99", "a", "2024-01-01"], config=CLOSED_AT_ONCE), allow=["mass-delete"]),
            replace(on(4, ["99", "a", "2024-01-01"], config=CLOSED_AT_ONCE), allow=["mass-delete"]),
        ],
    ),
    Case(  # the oracle looked at open versions only
        "a_closed_version_has_a_null_in_the_widened_key",
        [
            keyed(3, "id", row=["1", None, "a"]),
            keyed(4, "id", row=["2", "x", "a"]),
            keyed(5, "id", "part", row=["2", "x", "b"]),
        ],
    ),
    Case(  # only the undo record had the value that a double does not hold, and then not even that
        "a_value_that_was_overwritten_fits_no_wider_type",
        [
            shown(3, "BIGINT", "1152921504606846977"),
            shown(4, "BIGINT", "1"),
            shown(5, "DOUBLE", "1.5"),
        ],
    ),
    Case(  # so had only a kept event, which a late one made a version of
        "a_value_of_a_kept_event_fits_no_wider_type",
        [
            counted(3, "BIGINT", ["1", "1152921504606846977", "a", "1"], ["1", "1", "a", "5"]),
            counted(4, "DOUBLE", ["1", "1.5", "a", "7"]),
            counted(5, "DOUBLE", ["1", "2.5", "b", "3"]),
        ],
    ),
    Case(  # the same was a crash
        "a_value_that_was_overwritten_is_too_long_for_a_decimal",
        [
            shown(3, "HUGEINT", "170141183460469231731687303715884105727"),
            shown(4, "HUGEINT", "1"),
            shown(5, "DECIMAL(10,2)", "1.50"),
            shown(6, "DECIMAL(10,2)", "1.25"),
        ],
    ),
    Case(  # deleted records, which only become more, counted as rows that could change
        "most_of_what_is_not_deleted_changes_at_once",
        [
            on(3, *many("a", range(17)), config=RECORDED),
            on(4, *many("a", range(10, 22)), config=RECORDED),
            on(5, *many("b", range(10, 22)), config=RECORDED),
        ],
    ),
    Case(  # DuckDB's error for `a.b`, which is no expression where there is no column `a`
        "a_key_with_a_dot_in_its_name_that_is_not_there",
        [
            Batch("2024-01-03 06:00:00.000000", [NAME], [["a"]], ODD | {"unique_key": ["a.b"]}),
            Batch(
                "2024-01-04 06:00:00.000000",
                [("a.b", "INTEGER"), NAME],
                [["1", "a"]],
                ODD | {"unique_key": ["a.b"]},
            ),
        ],
    ),
    Case(  # the undo record's ids were taken for the new column's values
        "a_column_takes_the_name_that_a_column_of_dbt_had",
        [
            shown(3, "INTEGER", "1"),
            shown(4, "INTEGER", "2"),
            named_like_dbts(5, "7"),
            named_like_dbts(6, "8"),
        ],
    ),
    Case(  # a JSON in a key was its text
        "a_json_in_a_key_is_spelled_otherwise",
        [
            with_json(3, '{"a":1,"b":[2,null]}', "1"),
            with_json(4, '{"b":[2,null],"a":1}', "1"),
            with_json(5, '{"b":[2,null],"a":1}', "2"),
        ],
    ),
    Case(
        "a_json_in_a_key_of_events_is_spelled_otherwise",
        [
            with_json(3, '{"a":1,"b":2}', "1", config=JSON_EVENTS),
            with_json(4, '{"b":2,"a":1}', "2", config=JSON_EVENTS),
        ],
    ),
    Case(  # the oracle remembered what a truncate had replaced
        "an_event_of_type_1_comes_again_after_a_truncate_with_another_value",
        [
            on(3, ["1", "a", "2024-01-01"], [None, "T", "2024-01-02"], config=LOADS_1),
            on(4, ["1", "b", "2024-01-01"], config=LOADS_1),
        ],
    ),
]


def test_they_are_right_now(quick: Player) -> None:
    assert failing(quick, CASES) == {}
