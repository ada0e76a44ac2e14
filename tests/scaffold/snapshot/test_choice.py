"""The choice of key, strategy and deletes on tables that tempt to a wrong one."""

import duckdb
import pytest

from platform_cli.errors import PlatformError
from platform_cli.scaffold.facts.column_facts import look_at, look_at_times
from platform_cli.scaffold.snapshot.choice import Choice, Wishes, choose

ROWS = "from range(200) t(i)"
HOURS = "timestamp '2026-01-01' + i * interval 1 hour"


def chosen(query: str, wishes: Wishes | None = None, *, of_source: bool = False) -> Choice:
    with duckdb.connect() as connection:
        table = look_at(connection, f"({query})")
        times = look_at_times(connection, table)
        wishes = wishes or Wishes()
        return choose(connection, table, times, "orders", wishes, of_source=of_source)


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (f"case when i % 7 > 0 then {HOURS} end as updated_at", "updated_at is NULL in 29 rows"),
        ("timestamp '2026-01-01' as updated_at", "updated_at is the same in all rows"),
        ("timestamp '2200-01-01' + i * interval 1 day as updated_at", "lies in the future in 200"),
        (f"{HOURS} as happened_at", "no column is called like a time of change"),
    ],
)
def test_a_time_of_change_that_says_nothing_is_not_followed(column, why) -> None:
    choice = chosen(f"select i as id, {column} {ROWS}")
    assert choice.config["strategy"] == "check"
    assert any(one.startswith("strategy check:") and why in one for one in choice.because)


@pytest.mark.parametrize(
    ("columns", "mind"),
    [
        ("date '2026-01-01' + i::int as updated_at", "updated_at is a date: two changes of a day"),
        ("timestamp '2026-01-01' + (i // 150) * interval 1 hour as updated_at",
         "150 rows have the very same updated_at"),
        (f"{HOURS} as updated_at, {HOURS} + interval 9 day as seen_at",
         "seen_at goes on after the newest updated_at"),
    ],
)  # fmt: skip
def test_a_time_that_may_not_move_is_said(columns, mind) -> None:
    choice = chosen(f"select i as id, {columns} {ROWS}")
    assert choice.config["strategy"] == "timestamp"
    assert any(mind in one for one in choice.warnings), choice.warnings


def test_rows_that_are_marked_as_deleted_stay() -> None:
    choice = chosen(f"select i as id, null::timestamp as deleted_at {ROWS}")
    assert choice.config["hard_deletes"] == "ignore"
    assert chosen(f"select i as id {ROWS}").config["hard_deletes"] == "invalidate"


def test_a_source_has_the_columns_to_compare_written_out_without_loads() -> None:
    query = f'select i as id, i % 3 as a, i % 5 as "B b", now()::timestamp as _loaded_at {ROWS}'
    assert chosen(query, of_source=True).config["check_cols"] == ["a", '"B b"']
    assert chosen(query).config["check_cols"] == ["a", '"B b"']
    assert chosen(f"select i as id, i % 3 as a {ROWS}").config["check_cols"] == "all"


def test_a_measure_or_a_time_alone_is_no_key() -> None:
    columns = "i * 1.5::double as amount, i % 20 as shop, i // 20 as receipt"
    query = f"select {HOURS} as sold_at, {columns} {ROWS}"
    assert chosen(query).key == ("shop", "receipt")


def test_the_own_id_is_taken_before_another_key_and_people() -> None:
    query = f"select i || '@x.org' as email, -i as parcel_id, i as order_id {ROWS}"
    choice = chosen(query)
    assert choice.key == ("order_id",)
    assert "other keys that hold: parcel_id, email; --key chooses" in choice.because


def test_a_key_that_repeats_only_after_the_sample_is_none() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table big as select i as id, i % 1000 as a, i // 1000 as b"
            " from range(150000) t(i); insert into big values (1, -1, -1)"
        )
        table = look_at(connection, "big")
        choice = choose(connection, table, (), "big", Wishes(), of_source=False)
    assert table.sampled < table.rows
    assert choice.key != ("id",)
    assert len(choice.key) == 2


def test_events_with_an_operation_are_a_change_log_and_a_status_is_none() -> None:
    words = "['insert', 'update', 'delete', 'update_preimage']"
    log = f"i % 9 as id, {HOURS} as ts, {words}[1 + i % 4] as _change_type"
    choice = chosen(f"select {log} {ROWS}")
    assert choice.config["strategy"] == "change_log"
    assert choice.config["meta"]["scd"]["delete_when"] == "_change_type = 'delete'"
    assert any("update_preimage hold the values before" in one for one in choice.warnings)
    state = f"select i as id, ['new', 'paid'][1 + i % 2] as action {ROWS}"
    assert chosen(state).config["strategy"] == "check"


def test_where_no_key_is_found_the_nearest_is_named() -> None:
    query = f"select i % 150 as order_id, 1.5::double as x, i::double as y {ROWS}"
    with pytest.raises(PlatformError, match="the nearest is order_id: 50 values stand in 100 rows"):
        chosen(query)
    with pytest.raises(PlatformError, match="the nearest is id: some of its rows are"):
        chosen(f"select 7 as id, 'a' as name {ROWS}")


def test_columns_of_the_history_itself_are_said() -> None:
    choice = chosen(f"select i as id, i as DBT_valid_to {ROWS}")
    assert any(one.startswith("DBT_valid_to: a history has columns") for one in choice.warnings)


def test_a_table_of_nothing_but_its_key_has_no_empty_list_to_compare() -> None:
    choice = chosen(f"select i as id {ROWS}", of_source=True)
    assert choice.config["check_cols"] == "all"
