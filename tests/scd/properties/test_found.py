"""What random histories have found, made small: each failed once."""

from pathlib import Path

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import install
from tests.scd.properties.quick import quick_player
from tests.scd.properties.run import failing

MOVED = [("id", "INTEGER"), ("name", "VARCHAR"), ("moved", "DATE")]
NAME = ("name", "VARCHAR")
ODD: Config = {"strategy": "check", "unique_key": ["it's"], "check_cols": "all"}
LATE: Config = {"strategy": "check", "unique_key": ["id"], "updated_at": "moved"}


LOG: Config = {
    "strategy": "change_log", "unique_key": ["id"], "updated_at": "moved", "scd": {"type": 1}
}  # fmt: skip


def on(day: int, *rows: list[str | None], config: Config = LATE) -> Batch:
    return Batch(f"2024-01-{day:02} 06:00:00.000000", MOVED, list(rows), config)


def typed(day: int, kind: str, *rows: list[str | None]) -> Batch:
    columns = [("id", "INTEGER"), ("value", kind)]
    config: Config = {"strategy": "check", "unique_key": ["id"], "check_cols": "all"}
    return Batch(f"2024-01-{day:02} 06:00:00.000000", columns, list(rows), config)


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
]


def test_they_are_right_now(tmp_path: Path) -> None:
    with quick_player(install(tmp_path)) as player:
        assert failing(player, CASES) == {}
