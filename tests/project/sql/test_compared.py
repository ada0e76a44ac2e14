"""What becomes of the columns of a CTE."""

from __future__ import annotations

import pytest

from platform_cli.project.sql.compared import only_compared
from platform_cli.project.sql.positions import Rendered, Segment
from platform_cli.project.sql.tree import Tree


def compared(sql: str) -> bool:
    tree = Tree(Rendered(sql, sql, [Segment(0, 0, 0, verbatim=True)]), "snowflake")
    (index,) = [at for at, token in enumerate(tree.tokens) if token.text.lower() == "now"]
    return only_compared(tree, index)


Y = "with y as (select x.b, t.a from t join (select now() as b) x on t.a < x.b) "
X = "with x as (select id, case when a < now() then now2 else a end as b from t) "


@pytest.mark.parametrize(
    "rest",
    [
        "select t.a from t join x on t.id = x.id and t.a < x.b",
        "select t.a from t, x where t.a between x.id and b",
        ", y as (select id from x where b > 1) select * from y",
        ", y as (select id, b from x) select t.* from t join y on t.id = y.id and t.a < y.b",
        ", y as (select x.id, x.b as c from x), z as (select 1 from y where c > 1) select * from z",
        "select t.*, x.id from t join x on t.a < x.b",
    ],
)
def test_a_column_that_is_only_in_conditions(rest) -> None:
    assert compared(X + rest)


@pytest.mark.parametrize(
    "sql",
    [
        "select t.a from t join (select now() as b) as x on t.a < x.b",
        "select t.a from t join (select id, max(now()) b from u group by 1) x on t.a = date(x.b)",
        f"{Y}select a from y",
    ],
)
def test_a_column_of_a_subquery(sql) -> None:
    assert compared(sql)


@pytest.mark.parametrize(
    "sql",
    [
        f"{X}select b from x",
        f"{X}, y as (select b from x) select b from y",
        f"{X}, y as (select b from x) select * from y",
        f"{X}, y as (select b as c from x) select max(c) from y",
        f"{X}, y as (select b + 1 as c from x) select 1 from t, y where t.a < y.c",
        f"{X}, y as (select b from x union all select a from t) select a from t, y where a < y.b",
        f"{Y}select b from y",
        "select x.* from t join (select now() as b) as x on t.a < x.b",
        f"{X}select * from x",
        f"{X}select t.a, max(x.b) as m from t join x on t.a < x.b group by 1",
        f"{X}, y as (select x.* from x) select id from y where b > 1",
        f"{X}select id from x",
        "select now() as b from t where b > 1",
        "with x as (select now() from t) select t.a from t, x where t.a < x.b",
        "with x as (select a as b from t union all select now()) select t.a from t, x where a < b",
    ],
)
def test_a_column_that_is_selected_or_that_nobody_knows_about(sql) -> None:
    assert not compared(sql)
