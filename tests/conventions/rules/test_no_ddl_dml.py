import pytest

from platform_cli.conventions.rules.no_ddl_dml import no_ddl_dml as rule
from tests.sql_builders import places_in, violations_in, why_undecided

F = "{{ ref('stg_flights') }}"


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("delete from t where 1 = 1", "1:1 delete"),
        (f"{{% set a = 1 %}} create table x as select id from {F}", "1:17 create"),
        (f"select id from {F};\ndrop table x", "2:1 drop"),
        (f"select id from {F};\nselect 1", "2:1 select"),
        (f"insert into t select id from {F}", "1:1 insert"),
    ],
)
def test_a_statement_is_found_at_its_first_word(tmp_path, sql, place) -> None:
    assert places_in(tmp_path, rule, sql) == [place]


@pytest.mark.parametrize(
    "sql",
    [
        f"select id from {F}",
        f"-- delete from t\nwith a as (select id from {F}) select id from a;",
        f"(select id from {F}) union all (select 1)",
        "values (1, 2)",
        f"from {F}",
        f"select id as update_date, 'drop table x' as t from {F}",
    ],
)
def test_queries_are_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql) == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    assert why_undecided(tmp_path, rule, "select {{ run_query('x') }}")
