import pytest

from platform_cli.conventions.rules.cross_join import cross_join as rule
from tests.sql_builders import places_in, violations_in, why_undecided

F, A = "{{ ref('stg_flights') }}", "{{ ref('stg_airports') }}"


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        (f"select f.id\nfrom {F} f, {A} a", "2:32 ,"),
        (f"select f.id from {F} f\njoin {A} a", "2:1 join"),
        (f"select f.id from {F} f\n  join {A} a on true", "2:3 join"),
        (f"select f.id from {F} f\ninner join {A} a on (1 = 1)", "2:7 join"),
        (f"select f.id from {F} f\njoin (select 1 as x, 2 as y) as s", "2:1 join"),
        (f"with a as (select id from {A}) select f.id\nfrom {F} f, a", "2:32 ,"),
        (f"select f.id\nfrom {F} f, {A} a where f.id > 3 and a.name = 'x'", "2:32 ,"),
        (f"select f.id\nfrom {F} f, {A} a where f.id <> a.id", "2:32 ,"),
        (f"select f.id\nfrom {F} f, {A} a, {A} b where f.id = b.id", "2:32 ,"),
    ],
)
def test_a_join_without_a_condition_is_found_at_its_word(tmp_path, sql, place) -> None:
    assert places_in(tmp_path, rule, sql) == [place]


def test_jinja_in_front_on_the_same_line_does_not_move_the_place(tmp_path) -> None:
    sql = (
        "{% set key = 'id' %}\n{% if true -%} select {{ key }} from "
        f"{F} f {{% endif %}} join {A} a"
    )
    column = sql.split("\n")[1].index(" join ") + 2
    assert places_in(tmp_path, rule, sql) == [f"2:{column} join"]


@pytest.mark.parametrize(
    "sql",
    [
        f"select f.id from {F} f join {A} a on f.id = a.id",
        f"select f.id from {F} f left join {A} a using (id)",
        f"select f.id from {F} f natural join {A}",
        f"select f.id from {F} f, unnest(f.legs) as l(leg)",
        f"select f.id from {F} f, lateral (select f.id + 1 as next) n",
        f"select f.id from {F} f, range(3) r(i)",
        f"select f.id from {F} f asof join {A} a on f.id >= a.id",
        f"select coalesce(f.id, 1), f.code from {F} f where f.id in (1, 2)",
        f"select f.id from {F} f, {A} a where f.id = a.id",
        f"select f.id from {F} f, {A} a where f.id between a.first_id and a.last_id",
        f"select f.id from {F} f join {A} a on true where starts_with(f.code, a.name)",
        f"select f.id from {F} f join {A} a where code >= name",
    ],
)
def test_joins_that_say_it_and_functions_are_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql) == []


def test_an_explicit_cross_join_is_up_to_the_setting(tmp_path) -> None:
    sql = f"select f.id from {F} f\ncross join {A} a"
    assert violations_in(tmp_path, rule, sql) == []
    assert places_in(tmp_path, rule, sql, allow_explicit=False) == ["2:7 join"]
    sql = f"select f.id from {F} f\nleft join {A} a on 1 = 1"
    assert violations_in(tmp_path, rule, sql) == []
    assert places_in(tmp_path, rule, sql, allow_explicit=False) == ["2:6 join"]


def test_a_join_that_only_an_incremental_run_has_is_found(tmp_path) -> None:
    sql = (
        "{{ config(materialized='incremental', unique_key='id') }}\n"
        f"select f.id from {F} f\n{{% if is_incremental() %}}\n, {{{{ this }}}} t\n{{% endif %}}"
    )
    assert places_in(tmp_path, rule, sql) == ["4:1 ,"]


def test_the_anchor_is_the_alias_and_the_cte_and_not_the_line(tmp_path) -> None:
    sql = f"with j as (\nselect f.id from {F} f, {A} a) select id from j"
    [one] = violations_in(tmp_path, rule, sql)
    assert one.anchor == "j/join:a"


def test_sql_that_nobody_understands_is_undecided_with_its_line(tmp_path) -> None:
    why = why_undecided(tmp_path, rule, f"select 1\nfrom {F} frm whree (")
    assert "not understood" in why
