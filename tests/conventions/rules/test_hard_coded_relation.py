import pytest

from platform_cli.conventions.rules.hard_coded_relation import hard_coded_relation as rule
from tests.sql_builders import places_in, violations_in, why_undecided


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("select id\nfrom prod.stg_flights", "2:6 prod.stg_flights"),
        ("select a.id from {{ ref('stg_flights') }} a\njoin other o on o.id = a.id", "2:6 other"),
        ("select id from 'data/flights.csv'", "1:16 'data/flights.csv'"),
        ("with a as (select id from b)\nselect id from a", "1:27 b)"),
        ("select id from {{ ref('stg_flights') }} where id in (select id from t)", "1:69 t)"),
    ],
)
def test_a_name_in_the_sql_is_found_where_it_stands(tmp_path, sql, place) -> None:
    assert places_in(tmp_path, rule, sql) == [place]


def test_jinja_in_front_on_the_same_line_does_not_move_the_place(tmp_path) -> None:
    sql = "{% set x %}select{% endset %}{{ x }} id {# a comment #} from {{ '' }} prod.flights"
    assert places_in(tmp_path, rule, sql) == [f"1:{sql.index('prod') + 1} prod.flights"]


def test_the_call_to_write_is_said_when_there_is_one(tmp_path) -> None:
    sql = "select id from prod.stg_flights join raw.planes using (id) join x.y using (id)"
    helps = [one.help for one in violations_in(tmp_path, rule, sql)]
    assert helps[0] == "write {{ ref('stg_flights') }}"
    assert helps[1] == "write {{ source('raw', 'planes') }}"
    assert "declare a source" in helps[2]


@pytest.mark.parametrize(
    "sql",
    [
        "with a as (select 1 as id), b as (select id from a) select id from b",
        "with recursive r as (select 1 as n union all select n + 1 from r) select n from r",
        "select x.y from {{ ref('stg_flights') }} f, unnest(f.codes) as x(y)",
        "select i from range(3) t(i)",
        "select * from read_csv('a.csv')",
        "select table_name from information_schema.tables",
        "select a.id from {{ ref('stg_flights') }} a, a.legs",
    ],
)
def test_ctes_functions_and_the_catalog_are_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql) == []


def test_a_name_that_a_macro_writes_is_not_found_here(tmp_path) -> None:
    files = {"macros/m.sql": "{% macro m() %}select id from prod.flights{% endmacro %}"}
    assert violations_in(tmp_path, rule, "select id from ({{ m() }}) x", files=files) == []


def test_a_table_can_be_allowed(tmp_path) -> None:
    sql = "select id from prod.flights"
    assert violations_in(tmp_path, rule, sql, allowed=("flights",)) == []


def test_what_a_query_at_run_time_writes_is_undecided(tmp_path) -> None:
    sql = "select id from {{ run_query('select 1').columns[0].values()[0] }}"
    assert why_undecided(tmp_path, rule, sql)
