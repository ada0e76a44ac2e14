"""What random histories have found, made small: each failed once."""

from pathlib import Path

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import install
from tests.scd.properties.quick import quick_player
from tests.scd.properties.run import failing

MOVED = [("id", "INTEGER"), ("name", "VARCHAR"), ("moved", "DATE")]
LATE: Config = {"strategy": "check", "unique_key": ["id"], "updated_at": "moved"}


def on(day: int, *rows: list[str | None], config: Config = LATE) -> Batch:
    return Batch(f"2024-01-{day:02} 06:00:00.000000", MOVED, list(rows), config)


CASES = [
    Case(
        "late_row_with_the_start_of_a_closed_version",
        [
            on(3, ["1", "a", "2024-01-03"]),
            on(4, ["1", "b", "2024-01-01"]),
            on(7, ["1", "c", "2024-01-01"]),
        ],
    ),
]


def test_they_are_right_now(tmp_path: Path) -> None:
    with quick_player(install(tmp_path)) as player:
        assert failing(player, CASES) == {}
