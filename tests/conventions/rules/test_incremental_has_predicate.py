import pytest

from platform_cli.conventions.rules.incremental_has_predicate import (
    incremental_has_predicate as rule,
)
from tests.sql_builders import places_in, violations_in, why_undecided

F = "{{ ref('stg_flights') }}"
HEAD = "{{ config(materialized='incremental', unique_key='id') }}"


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("", "does not ask"),
        ("{% if is_incremental() %} order by id {% endif %}", "no condition"),
    ],
)
def test_a_run_that_reads_everything_is_found_at_what_it_reads(tmp_path, end, words) -> None:
    sql = f"{HEAD} select id from {F} {end}"
    assert places_in(tmp_path, rule, sql) == [f"1:{sql.index('ref(') + 1} ref('stg_flights')"]
    assert words in violations_in(tmp_path, rule, sql)[0].message


@pytest.mark.parametrize(
    "sql",
    [
        f"{HEAD} select id from {F} {{% if is_incremental() %}} where id > 1 {{% endif %}}",
        f"{HEAD} select f.id from {F} f {{% if is_incremental() %}}join x using (id){{% endif %}}",
        f"select id from {F}",
        HEAD.replace("unique_key='id'", "incremental_strategy='microbatch'")
        + f"select id from {F}",
    ],
)
def test_conditions_tables_and_microbatches_are_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql) == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    assert why_undecided(tmp_path, rule, HEAD + "select {{ run_query('x') }}")
