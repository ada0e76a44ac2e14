"""Which time column says how fresh a table is."""

from datetime import datetime

import duckdb
import pytest

from platform_cli.scaffold.facts.column_facts import look_at, look_at_times
from platform_cli.scaffold.facts.freshness import Freshness, freshness

NOW = datetime(2026, 1, 10)  # noqa: DTZ001  (as DuckDB gives them)
HOURS = "timestamp '2026-01-01' + i * interval 1 hour"
DAYS = "timestamp '2026-01-01' + (i // 24) * interval 1 day"


def proposed(columns: str, rows: int = 200) -> tuple[Freshness | None, str]:
    with duckdb.connect() as connection:
        table = look_at(connection, f"(select {columns} from range({rows}) t(i))")
        return freshness(look_at_times(connection, table), NOW)


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        (f"{HOURS} as happened, {DAYS} as _loaded_at", "_loaded_at"),
        (f"{HOURS} as updated_at, {HOURS} as created_at", "updated_at"),
        (f"{HOURS} as happened", "happened"),
        (f'({DAYS})::date as "Loaded On"', 'cast("Loaded On" as timestamp)'),
        (f"{HOURS} as loaded_day, ({DAYS})::date as loaded_date", "loaded_day"),
    ],
)  # fmt: skip
def test_a_time_of_loading_counts_more_than_one_of_change_or_an_event(columns, field) -> None:
    found, _ = proposed(columns)
    assert found is not None
    assert found.config["loaded_at_field"] == field


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ("i as id", "no time column"),
        (f"case when i > 0 then {HOURS} end as loaded_at", "loaded_at is NULL in 1 row"),
        ("timestamp '2200-01-01' + i * interval 1 day as due", "due lies in the future in 200"),
        ("timestamp '2026-01-01' + (i * 7919 % 200) * interval 1 hour as born", "does not grow"),
        ("timestamp '2026-01-01' as updated_at", "has 1 different value, too few"),
        ("'infinity'::timestamp as loaded_at", "no time column"),
    ],
)
def test_a_time_that_says_nothing_of_age_is_not_proposed(columns, why) -> None:
    found, said = proposed(columns)
    assert found is None
    assert why in said


def test_it_warns_after_three_times_the_usual_wait() -> None:
    found, _ = proposed(f"{DAYS} as loaded_at")
    assert found is not None
    assert found.config["freshness"] == {"warn_after": {"count": 3, "period": "day"}}
    assert "warns after 3 days, three times the usual wait" in found.because
    late, _ = proposed(f"{DAYS} - interval 90 day as loaded_at")
    assert late is not None
    assert "old already" in late.because
