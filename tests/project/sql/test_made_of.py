import pytest

from platform_cli.project.sql.made_of import MadeOf
from platform_cli.project.sql.positions import Rendered
from platform_cli.project.sql.tree import Tree

A = '"dbt_resource"."model/shop/a"."a"'
B = '"dbt_resource"."model/shop/b"."b"'


def made(sql: str, name: str) -> str | None:
    """What the column is made of: `= a.x` as it is, `~ a.x b.y` computed, None when unknown."""
    text = sql.replace("<A>", A).replace("<B>", B)
    found = MadeOf(Tree(Rendered(text, text, []), "duckdb")).column(name)
    if found is None:
        return None
    names = sorted(f"{one.unique_id[-1]}.{one.column}" for one in found.of)
    return " ".join(["=" if found.as_is else "~", *names])


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("select X from <A>", "= a.x"),
        ("select cast(y as int) as x from <A>", "= a.y"),
        ("select coalesce(y, z, 0) as x from <A>", "= a.y a.z"),
        ("select y || z as x from <A>", "~ a.y a.z"),
        ("select case when z > 1 then y end as x from <A>", "~ a.y"),
        ("select md5(y) || z as x from <A>", "~ a.z"),
        ("select count(y) as x from <A>", "~"),
        ("select 1 as x from <A>", "~"),
        ("select x from <A> as p, <B>", "= a.x b.x"),
        ("select p.x from <A> as p, <B>", "= a.x"),
        ("with c as (select y as x from <A>) select * from c", "= a.y"),
        ("with c as (select y as x from <A>) select x from c join <B> using (id)", "= a.y b.x"),
        ("select * from (select * exclude (y) from <A>)", "= a.x"),
        ("select * exclude (x) from <A>", None),
        ("select * rename (y as x) from <A>", None),
        ("select * replace (y as x) from <A>", None),
        ("select x, y from <A> union all select y, x from <B>", "= a.x b.y"),
        ("select x, y from <A> union all by name select y, x from <B>", "= a.x b.x"),
        ("select * from <A> union all select * from <B>", "= a.x b.x"),
        ("select x from <A> union all select * from <B>", None),
        ("select (select max(x) from <A>) as x", None),
        ("select x from range(3) as t(x)", None),
        ("with recursive c as (select x from <A> union all select x from c) select * from c", None),
        ("select y from <A>", None),
    ],
)
def test_what_a_column_is_made_of(sql, what) -> None:
    assert made(sql, "x") == what
