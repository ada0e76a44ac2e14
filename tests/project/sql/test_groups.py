import pytest

from platform_cli.project.sql.groups import grouped_by
from platform_cli.project.sql.positions import Rendered, Segment
from platform_cli.project.sql.tree import Tree
from tests.sql_builders import query_in


def grouped(sql):
    return grouped_by(Tree(Rendered(sql, sql, [Segment(0, 0, len(sql), True)]), "duckdb"))


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("select a, count(*) as n from t group by a", ("a",)),
        ("select count(*) as n, t.a as x from t group by A", ("x",)),
        ("select a as x, b, sum(c) from t group by 1, 2", ("x", "b")),
        ("select date_trunc('day', at) as day, max(c) from t group by day", ("day",)),
        ("select date_trunc('day', At) as d, max(c) from t group by date_trunc('day', at)", ("d",)),
        ('select "Order Id" as "The Order", count(*) from t group by "Order Id"', ("The Order",)),
        ("select a, 'x' as kind, b + 1 as b, count(*) from t group by all", ("a", "b")),
        ("select a, sum(count(*)) over () as whole, count(*) from t group by all", ("a",)),
        ("select a, b, count(*) from t group by (a, b), 'x'", ("a", "b")),
        ("select code as name, name as x, count(*) from t group by name", ("x",)),
        ("select a, sum(count(*)) over () as whole from t group by a", ("a",)),
        ("with g as (select a, b, count(*) n from t group by a, b) select * from g", ("a", "b")),
        ("with g as (select a, count(*) n from t group by a) select n, a as x from g where n > 1",
         ("x",)),
        ("select * from (select a, count(*) from t group by a) as g", ("a",)),
        ("select count(*), max(a) from t", ()),
        ("with one as (select sum(a) as total from t) select total, 1 as one from one", ()),
        ("select sum(count(*)) over () as n, max(a) as last from t", ()),
    ],
)  # fmt: skip
def test_the_columns_that_say_which_group_a_row_is(sql, columns) -> None:
    assert grouped(sql) == columns


@pytest.mark.parametrize(
    "sql",
    [
        "select a, b from t",
        "select a, count(*) over (partition by a) from t",
        "select (select count(*) from u) as n, a from t",
        "select count(*) from t group by a",  # the group is no column
        "select upper(a) as a, count(*) from t group by a",  # by the column, not what it becomes
        "select u.a, count(*) from t join u using (b) group by t.a, u.b",
        "select date_trunc('day', at), count(*) from t group by 1",  # nobody knows the name
        "select a, b, count(*) from t group by rollup (a, b)",
        "select a, b, count(*) from t group by grouping sets ((a), (b))",
        "select *, count(*) from t group by all",
        "select a, strange_sum(b) as s, count(*) from t group by all",
        "select a, (select max(b) from u) as b, count(*) from t group by all",
        "select unnest(list(a)) as a from t",
        "select a, count(*) from t group by a union all select b, 1 from u",
        "with g as (select a, b, count(*) n from t group by a, b) select a, n from g",
        "with g as (select a, count(*) n from t group by a) select g.* from g join u using (a)",
        "with g as (select a, count(*) n from t group by a) select * exclude (a) from g",
        "with g(x, n) as (select a, count(*) from t group by a) select x, n from g",
        "select 1; select count(*) from t",
    ],
)
def test_what_does_not_say_it_is_not_guessed(sql) -> None:
    assert grouped(sql) is None


def test_whether_a_model_is_one_row_is_among_its_facts(tmp_path) -> None:
    flights = "{{ ref('stg_flights') }}"
    assert query_in(tmp_path / "a", f"select count(*) as n from {flights}").one_row
    assert not query_in(tmp_path / "b", f"select count(*) as n from {flights} group by id").one_row
    assert not query_in(tmp_path / "c", f"select id from {flights}").one_row
