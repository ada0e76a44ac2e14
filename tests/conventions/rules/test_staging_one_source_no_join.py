from platform_cli.conventions.rules.staging_one_source_no_join import (
    staging_one_source_no_join as rule,
)
from tests.sql_builders import places_in, violations_in, why_undecided

PLANES, AIRPORTS = "{{ source('raw', 'planes') }}", "{{ source('raw', 'airports') }}"
PATH = "models/staging/stg_planes.sql"


def test_a_second_source_is_found_at_its_call_and_its_join_is_no_second_finding(tmp_path) -> None:
    sql = f"select p.id from {PLANES} p\njoin {AIRPORTS} a on a.id = p.id"
    assert places_in(tmp_path, rule, sql, path=PATH) == ["2:9 source('raw',"]


def test_a_join_with_a_model_is_found_at_the_word(tmp_path) -> None:
    sql = (
        f"{{% set a = 1 %}}select p.id from {PLANES} p "
        "left join {{ ref('stg_flights') }} f on f.id = p.id"
    )
    assert places_in(tmp_path, rule, sql, path=PATH) == [f"1:{sql.index('join') + 1} join"]


def test_lists_base_models_and_other_layers_are_left_alone(tmp_path) -> None:
    sql = f"select p.id, x.y from {PLANES} p, unnest(p.seats) as x(y)"
    assert violations_in(tmp_path, rule, sql, path=PATH) == []
    itself = f"with n as (select max(id) as id from {PLANES}) select p.id from {PLANES} p join n"
    assert violations_in(tmp_path, rule, f"{itself} using (id)", path=PATH) == []
    joined = (
        "select f.id from {{ ref('stg_flights') }} f join {{ ref('stg_airports') }} a using (id)"
    )
    assert violations_in(tmp_path, rule, joined, path=PATH) == []
    assert violations_in(tmp_path, rule, f"select 1 from {PLANES}, {AIRPORTS}") == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    sql = f"select {{{{ run_query('x') }}}} from {PLANES} join {{{{ ref('stg_flights') }}}}"
    assert why_undecided(tmp_path, rule, sql, path=PATH)
