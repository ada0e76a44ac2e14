import pytest

from tests.sql_builders import query_in

F, A = "{{ ref('stg_flights') }}", "{{ ref('stg_airports') }}"
FLIGHTS = "*model.shop.stg_flights"


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        (f"select id, code as c, upper(code) up from {F}", ("id", "c", "up")),
        (f"select f.* from {F} f", (FLIGHTS,)),
        (f"with f as (select id, code from {F}) select * from f", ("id", "code")),
        (f"with f as (select id, code from {F}) select * exclude (id) from f", ("code",)),
        (f"with f as (select id from {F}) select * rename (id as i) from f", ("i",)),
        (f"with f(x, y) as (select id, code from {F}) select * from f", ("x", "y")),
        ("select * from (values (1, 2)) as v(a, b)", ("a", "b")),
        (
            "with a as (select 1 as id, 2 as x) select * from a join (select 1 id, 3 y) using (id)",
            ("id", "x", "y"),
        ),
        ("with a as (select 1 as id), b as (select 2 as y) select b.* from a cross join b", ("y",)),
        (f"with a as (select 1 as id) select * from a semi join {F} using (id)", ("id",)),
        ("select 1 as a, 2 as b union all select 3, 4", ("a", "b")),
        ("select 1 as a union all by name select 2 as b", ("a", "b")),
        ("{% for c in ['a', 'b'] %}{{ 'select ' if loop.first }}1 as {{ c }}, {% endfor %}2 as z",
         ("a", "b", "z")),
    ],
)  # fmt: skip
def test_the_final_columns_are_told(tmp_path, sql, columns) -> None:
    assert query_in(tmp_path, sql).columns == columns


@pytest.mark.parametrize(
    "sql",
    [
        f"select upper(code) from {F}",
        f"select * exclude (id) from {F}",
        f"select columns('a.*') from {F}",
        "select * from read_csv('a.csv')",
        f"select * from {F} pivot (sum(id) for code in ('a'))",
        f"select f.legs.* from {F} f",
        f"with recursive r as (select * from r) select * from r, {F}",
    ],
)
def test_columns_that_nobody_can_tell_are_none(tmp_path, sql) -> None:
    assert query_in(tmp_path, sql).columns is None


def test_an_open_star_is_that_of_the_select_that_does_more_than_import(tmp_path) -> None:
    sql = f"with f as (select * from {F}), g as (select * from f) select * from g"
    query = query_in(tmp_path, sql)
    [star] = query.stars
    assert (star.line, star.column, star.name) == (1, sql.rindex("*") + 1, "model.shop.stg_flights")


def test_of_an_incremental_model_both_texts_count(tmp_path) -> None:
    head = "{{ config(materialized='incremental') }}"
    end = "{% if is_incremental() %} where id > 1 {% endif %}"
    query = query_in(tmp_path, f"{head} select id from {F} {end}")
    assert query.incremental
    assert query.filtered == ("id",)
    assert query_in(tmp_path, f"{head} select id from {F}").incremental is None


def test_a_union_of_a_thousand_selects_is_told(tmp_path) -> None:
    names = [f"c{number}" for number in range(1000)]
    ctes = ", ".join(f"{name} as (select 1 as id, code from {F})" for name in names)
    union = " union all ".join(f"select * from {name}" for name in names)
    assert query_in(tmp_path, f"with {ctes} {union}").columns == ("id", "code")


def test_a_union_in_a_recursive_cte_is_told_by_its_first_select(tmp_path) -> None:
    sql = "with recursive t as (select 1 as id union all select * from t union all select 2)"
    assert query_in(tmp_path, f"{sql} select * from t union all select 3").columns == ("id",)
