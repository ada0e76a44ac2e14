"""Other names for dbt's own columns, where a name is in use already."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Played, Player

CHECK: Config = {
    "strategy": "check", "unique_key": ["id"], "check_cols": "all", "hard_deletes": "invalidate"
}  # fmt: skip
FROM_AND_TO = {"dbt_valid_from": "dbt_valid_to", "dbt_valid_to": "dbt_valid_from"}
COLUMNS = [("id", "INTEGER"), ("value", "VARCHAR"), ("since", "TIMESTAMP")]


def batch(day: int, *row: str, names: dict[str, str] | None = None) -> Batch:
    at = f"2024-01-{day:02} 00:00:00.000000"
    return Batch(at, COLUMNS[: len(row)], [list(row)], CHECK | {"columns": names or {}})


CASES = {
    "of_a_column_that_the_source_had": [
        batch(3, "1", "a", "2020-01-01 00:00:00"),
        batch(4, "1", "a"),
        batch(5, "1", "b", names={"dbt_valid_from": "since"}),
    ],
    "swapped": [
        batch(3, "1", "a"),
        batch(4, "1", "b", names=FROM_AND_TO),
        batch(5, "1", "c", names=FROM_AND_TO),
    ],
}


@pytest.fixture(scope="module", params=["duckdb", "portable"])
def played(request: pytest.FixtureRequest, player: Player) -> dict[str, list[Played]]:
    return player([Case(name, batches) for name, batches in CASES.items()], request.param)


def test_a_name_that_a_column_of_the_source_had_is_refused(played: dict[str, list[Played]]) -> None:
    _, before, last = played["of_a_column_that_the_source_had"]
    assert last.refusals == ["reserved_column"]
    assert "calls dbt_valid_from since, but the history has a column" in last.said[0]["message"]
    assert last.dump == before.dump


def test_columns_that_change_their_names_keep_what_they_mean(
    played: dict[str, list[Played]],
) -> None:
    last = played["swapped"][-1]
    assert last.dump is not None, last.crash or last.said
    rows = [dict(zip(last.dump.columns, row, strict=True)) for row in last.dump.rows]

    def day(moment: Any) -> Any:
        return moment and moment.day

    shown = [(row["value"], day(row["dbt_valid_to"]), day(row["dbt_valid_from"])) for row in rows]
    assert sorted(shown, key=str) == [("a", 3, 4), ("b", 4, 5), ("c", 5, None)]
