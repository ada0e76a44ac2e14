import pytest

from platform_cli.conventions.rules.join_safety import join_safety as rule
from tests.sql_builders import places_in, violations_in, why_undecided

F, A = "{{ ref('stg_flights') }}", "{{ ref('stg_airports') }}"
JOIN = f"select f.id from {F} f left join {A} a on f.id = a.id\n"
KEY = {
    "models/staging/_a.yml": "models:\n- name: stg_airports\n  data_tests:\n"
    "  - dbt_utils.unique_combination_of_columns:\n"
    "      arguments: {combination_of_columns: [id, name]}\n",
    "macros/t.sql": "{% test unique_combination_of_columns(model, combination_of_columns) %}"
    "select 1{% endtest %}",
}


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("where a.name = 'x'", "2:7 a.name"),
        ("where f.id > 1 and (a.name like 'x%')", "2:21 a.name"),
        ("where a.id is not null", "2:7 a.id"),
        ("where a.name in ('x')", "2:7 a.name"),
        ("where a.name = 'x' and a.name <> 'y'", "2:7 a.name"),
        ("where {{ '1' }} = 1 and a.name::text <> ''", "2:25 a.name::text"),
    ],
)
def test_a_condition_that_undoes_an_outer_join_is_found_at_its_column(
    tmp_path, where, place
) -> None:
    assert places_in(tmp_path, rule, JOIN + where) == [place]


@pytest.mark.parametrize(
    "where",
    [
        "where a.name is null",
        "where a.name = 'x' or a.name is null",
        "where coalesce(a.name, '') = ''",
        "where f.code = 'x'",
        "where a.name is distinct from 'x'",
    ],
)
def test_conditions_that_rows_without_a_partner_pass_are_left_alone(tmp_path, where) -> None:
    assert violations_in(tmp_path, rule, JOIN + where) == []


def test_an_inner_join_may_be_filtered(tmp_path) -> None:
    sql = f"select f.id from {F} f join {A} a on f.id = a.id where a.name = 'x'"
    assert violations_in(tmp_path, rule, sql) == []


SUM = f"with a as (select * from {A})\nselect f.code, sum(f.id) as n from {F} f\n"


def a_project_with_a_key() -> dict[str, str]:
    key = KEY["models/staging/_a.yml"].replace("dbt_utils.", "")
    return {**KEY, "models/staging/_a.yml": key}


def test_a_sum_over_a_join_with_a_part_of_a_key_is_found(tmp_path) -> None:
    sql = SUM + "join a on a.id = f.id group by f.code"
    files = a_project_with_a_key()
    assert places_in(tmp_path, rule, sql, files=files) == ["2:16 sum(f.id)"]
    assert "id, name" in violations_in(tmp_path, rule, sql, files=files)[0].message


@pytest.mark.parametrize(
    "join",
    [
        "join a on a.id = f.id and a.name = f.code group by f.code",
        "join a on a.id = f.id and a.name = 'x' group by f.code",
        "where f.id in (select id from a) group by f.code",
    ],
)
def test_a_sum_over_a_join_with_the_whole_key_is_left_alone(tmp_path, join) -> None:
    assert violations_in(tmp_path, rule, SUM + join, files=a_project_with_a_key()) == []


def test_without_a_declared_key_nothing_is_certain(tmp_path) -> None:
    assert violations_in(tmp_path, rule, SUM + "join a on a.id = f.id group by f.code") == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    assert why_undecided(tmp_path, rule, "select {{ run_query('x') }}")


def test_bigquerys_unnest_names_a_column_and_no_table(tmp_path) -> None:
    profile = (
        "shop:\n  target: dev\n  outputs:\n"
        "    dev: {type: bigquery, method: oauth, project: p, schema: s}\n"
    )
    sql = f"select day from {F} left join unnest(generate_array(1, id)) as day where code > 'a'"
    assert violations_in(tmp_path, rule, sql, files={"profiles.yml": profile}) == []
