import pytest

from platform_cli.conventions.rules.missing_partition_filter import missing_partition_filter as rule
from tests.sql_builders import FLIGHTS, places_in, violations_in, why_undecided

F = "{{ ref('stg_flights') }}"


def large(what: str) -> dict[str, str]:
    config = f"config: {{meta: {{large: {what}}}}}"
    return {"models/staging/_f.yml": f"models: [{{name: stg_flights, {config}}}]"}


@pytest.mark.parametrize("what", ["event_date", "[event_date, batch]", "true"])
def test_a_large_table_read_whole_is_found_at_its_call(tmp_path, what) -> None:
    sql = f"{{{{ config(alias='x') }}}} select id\n  from {F}"
    assert places_in(tmp_path, rule, sql, files=large(what)) == ["2:11 ref('stg_flights')"]


@pytest.mark.parametrize(
    ("what", "where"),
    [
        ("event_date", "where f.Event_Date > '2024-01-01'"),
        ("[event_date, batch]", "where batch = 1"),
        ("true", "where id = 1"),
    ],
)
def test_a_condition_is_enough(tmp_path, what, where) -> None:
    assert violations_in(tmp_path, rule, f"select id from {F} f {where}", files=large(what)) == []


def test_a_condition_of_a_join_or_a_cte_is_enough_whatever_table_has_the_column(tmp_path) -> None:
    files = large("event_date")
    join = f"select f.id from {F} f join days d on d.event_date = 1"
    cte = f"with f as (select * from {F}) select id from f where event_date > '2024-01-01'"
    assert violations_in(tmp_path / "join", rule, join, files=files) == []
    assert violations_in(tmp_path / "cte", rule, cte, files=files) == []


def test_a_table_of_a_source_is_large_by_the_yaml_of_the_page(tmp_path) -> None:
    files = {
        "models/staging/_sources.yml": "sources:\n- name: raw\n  tables:\n  - name: airports\n"
        "  - name: flights\n    config:\n      meta: {large: event_date}\n"
    }
    sql = f"select id from {FLIGHTS}"
    [one] = violations_in(tmp_path / "all", rule, sql, files=files)
    assert one.message == "flights is large, and no condition names event_date"
    some = f"{sql} where event_date > '2024-01-01'"
    assert violations_in(tmp_path / "some", rule, some, files=files) == []


def test_a_condition_on_another_column_is_not(tmp_path) -> None:
    sql = f"select id from {F} where id = 1"
    [one] = violations_in(tmp_path, rule, sql, files=large("event_date"))
    assert "event_date" in one.message


def test_other_tables_are_read_as_one_likes_and_the_key_is_a_setting(tmp_path) -> None:
    assert violations_in(tmp_path, rule, f"select id from {F}") == []
    assert violations_in(tmp_path, rule, f"select 1 from {F}", files=large("x"), meta_key="y") == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    sql = f"select {{{{ run_query('x') }}}} from {F}"
    assert why_undecided(tmp_path, rule, sql, files=large("true"))
