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


X = "with x as (select id, case when a < now() then now2 else a end as b from t) "


@pytest.mark.parametrize(
    "rest",
    [
        "select t.a from t join x on t.id = x.id and t.a < x.b",
        "select t.a from t, x where t.a between x.id and b",
        ", y as (select id from x where b > 1) select * from y",
    ],
)
def test_a_column_that_is_only_in_conditions(rest) -> None:
    assert compared(X + rest)


@pytest.mark.parametrize(
    "sql",
    [
        f"{X}select b from x",
        f"{X}select * from x",
        f"{X}select t.a, max(x.b) as m from t join x on t.a < x.b group by 1",
        f"{X}, y as (select x.* from x) select id from y where b > 1",
        f"{X}select id from x",
        "select now() as b from t where b > 1",
        "with x as (select now() from t) select t.a from t, x where t.a < x.b",
        "with x as (select a as b from t union all select now()) select t.a from t, x where a < b",
        "select t.a from t join (select now() as b) as x on t.a < x.b",
    ],
)
def test_a_column_that_is_selected_or_that_nobody_knows_about(sql) -> None:
    assert not compared(sql)
