import pytest

from platform_cli.conventions.rules.non_deterministic_history import (
    non_deterministic_history as rule,
)
from tests.sql_builders import places_in, violations_in, why_undecided

F = "{{ ref('stg_flights') }}"
HEAD = "{{ config(materialized='incremental', unique_key='id') }}"


def test_an_incremental_model_is_found_also_in_its_incremental_branch(tmp_path) -> None:
    sql = (
        f"{HEAD} select id, random() as r from {F}\n"
        "{% if is_incremental() %}where code > random(){% endif %}"
    )
    first = sql.index("random") + 1
    assert places_in(tmp_path, rule, sql) == [
        f"1:{first} random()",
        "2:39 random(){%",
    ]


@pytest.mark.parametrize(
    "sql",
    [
        f"select id from {F} where code <= current_date",
        f"select id from {F} {{% if is_incremental() %}}where code > now() - 3{{% endif %}}",
        f"select id, uuid_string('78157189', code) as k from {F}",
    ],
)
def test_the_time_in_a_condition_stays_in_no_row(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, f"{HEAD} {sql}") == []


def test_the_time_in_a_subquery_that_is_read_stays(tmp_path) -> None:
    sql = f"{HEAD} select id, d from {F} cross join (select current_date as d) as today"
    assert len(violations_in(tmp_path, rule, sql)) == 1


def test_other_models_are_not_looked_at(tmp_path) -> None:
    assert violations_in(tmp_path, rule, f"select id, now() as n from {F}") == []


def test_audit_columns_are_for_models_and_not_for_snapshots(tmp_path) -> None:
    assert violations_in(tmp_path, rule, f"{HEAD} select id, now() as loaded_at from {F}") == []
    sql = (
        "{% snapshot s %}{{ config(unique_key='id', strategy='check', check_cols='all') }}\n"
        f"select id, now() as loaded_at from {F}\n{{% endsnapshot %}}"
    )
    assert places_in(tmp_path, rule, sql, path="snapshots/s.sql") == ["2:12 now()"]


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    assert why_undecided(tmp_path, rule, HEAD + "select {{ run_query('x') }}")
