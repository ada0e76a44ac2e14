import pytest

from platform_cli.conventions.rules.non_deterministic import non_deterministic as rule
from tests.sql_builders import places_in, violations_in, why_undecided

F = "{{ ref('stg_flights') }}"


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        (f"select id,\n  now() as at from {F}", "2:3 now()"),
        (f"select id from {F} where code > current_date", "1:54 current_date"),
        (f"select id, cast(current_timestamp as date) as d from {F}", "1:17 current_timestamp"),
        (f"select id, {{{{ '1' }}}} as one, random() as r from {F}", "1:30 random()"),
        (f"select id, row_number() over (partition by code) as n from {F}", "1:12 row_number()"),
        (f"select id, lag(code) over () as before from {F}", "1:12 lag(code)"),
    ],
)
def test_what_changes_by_itself_is_found_at_its_word(tmp_path, sql, place) -> None:
    assert places_in(tmp_path, rule, sql) == [place]


def test_each_call_has_its_own_place_and_anchor(tmp_path) -> None:
    sql = (
        f"with a as (select now() as x from {F})\n"
        "select current_date as y, now() as z, now() as w from a"
    )
    assert places_in(tmp_path, rule, sql) == [
        "1:19 now()",
        "2:8 current_date",
        "2:27 now()",
        "2:39 now()",
    ]
    anchors = [one.anchor for one in violations_in(tmp_path, rule, sql)]
    assert anchors == ["a/function:now", "function:current_date", "function:now", "function:now#2"]


def test_a_macro_that_writes_it_is_found_at_its_call(tmp_path) -> None:
    files = {"macros/m.sql": "{% macro stamp() %}coalesce(now(), 1 + now()){% endmacro %}"}
    sql = f"select id, {{{{ stamp() }}}} as s from {F}"
    assert places_in(tmp_path, rule, sql, files=files) == ["1:15 stamp()"]
    assert "macro" in violations_in(tmp_path, rule, sql, files=files)[0].message


@pytest.mark.parametrize(
    "sql",
    [
        f"select id, row_number() over (partition by code order by id) as n from {F}",
        f"select id, row_number() over w as n from {F} window w as (order by id)",
        f"select id, sum(id) over (partition by code) as n from {F}",
        f"select now, f.today, uuid from {F} f",
        f"select id as now, code as random from {F}",
        f"select cast(id as uuid) as u from {F}",
        f"select id, 'now()' as t -- now()\nfrom {F}",
        f"select id, now() as loaded_at, now()::timestamp as _loaded_at from {F}",
        f"select id from {F} where code <= current_date",
    ],
)
def test_orders_names_and_audit_columns_are_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql) == []


def test_audit_columns_are_a_setting(tmp_path) -> None:
    sql = f"select id, now() as loaded_at, now() as built from {F}"
    assert places_in(tmp_path, rule, sql, audit_columns=("built",)) == ["1:12 now()"]


def test_incremental_models_have_their_own_rule(tmp_path) -> None:
    sql = f"{{{{ config(materialized='incremental') }}}} select id, now() as n from {F}"
    assert violations_in(tmp_path, rule, sql) == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    assert why_undecided(tmp_path, rule, "select {{ run_query('x') }}")


def test_of_an_incremental_model_only_the_conditions_of_a_first_run_are_looked_at(tmp_path) -> None:
    sql = (
        "{{ config(materialized='incremental', unique_key='id') }}\n"
        f"select id, now() as n from {F} where code > current_date\n"
        "{% if is_incremental() %}and code > current_date - 3{% endif %}"
    )
    assert places_in(tmp_path, rule, sql) == ["2:66 current_date"]
