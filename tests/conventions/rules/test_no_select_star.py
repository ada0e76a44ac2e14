import pytest

from platform_cli.conventions.rules.no_select_star import no_select_star as rule
from tests.sql_builders import places_in, violations_in, why_undecided


def test_a_star_over_what_is_imported_is_found_at_the_star(tmp_path) -> None:
    sql = "with f as (select * from {{ ref('stg_flights') }})\n\nselect * from f\n"
    assert places_in(tmp_path, rule, sql) == ["3:8 *"]
    [one] = violations_in(tmp_path, rule, sql)
    assert "stg_flights" in one.message
    assert one.anchor == "star"


def test_jinja_in_front_on_the_same_line_does_not_move_the_place(tmp_path) -> None:
    sql = (
        "{{ config(alias='x') }}{% set a = 1 %}select {{ a }} as one, f.* "
        "from {{ ref('stg_flights') }} f"
    )
    assert places_in(tmp_path, rule, sql) == [f"1:{sql.index('*') + 1} *"]


def test_a_star_in_a_cte_that_ends_in_the_last_select_is_found_there(tmp_path) -> None:
    sql = """with f as (select * from {{ ref('stg_flights') }}),
joined as (
    select f.*, a.name
    from f
    left join {{ ref('stg_airports') }} as a on a.id = f.id
)
select * from joined
"""
    assert places_in(tmp_path, rule, sql) == ["3:14 *,"]
    [one] = violations_in(tmp_path, rule, sql)
    assert one.anchor == "joined/star"


@pytest.mark.parametrize(
    "sql",
    [
        "with f as (select * from {{ ref('stg_flights') }}) select id from f",
        "with f as (select 1 as id), g as (select * from f) select * from g",
        "select count(*) as n from {{ ref('stg_flights') }}",
        "select 1 as id where exists (select * from {{ ref('stg_airports') }})",
        "select * from (values (1, 2)) as v(a, b)",
    ],
)
def test_stars_that_pass_nothing_unknown_on_are_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql) == []


def test_both_sides_of_a_union_count(tmp_path) -> None:
    sql = (
        "select * from {{ ref('stg_flights') }}\nunion all\nselect * from {{ ref('stg_airports') }}"
    )
    assert places_in(tmp_path, rule, sql) == ["1:8 *", "3:8 *"]


def test_a_layer_can_be_left_out(tmp_path) -> None:
    sql = "select * from {{ source('raw', 'planes') }}"
    path = "models/staging/stg_planes.sql"
    assert violations_in(tmp_path, rule, sql, path=path) == []
    assert len(violations_in(tmp_path, rule, sql, path=path, not_in_layers=())) == 1


def test_a_select_list_from_the_database_is_undecided(tmp_path) -> None:
    columns = "adapter.get_columns_in_relation(ref('stg_flights'))"
    sql = f"select {{% for c in {columns} %}}{{{{ c.name }}}}{{% endfor %}}"
    assert "up to the database" in why_undecided(tmp_path, rule, sql)
