"""Hard queries: each is run in DuckDB, and what we say of its columns is right, or unknown."""

import re

import duckdb
import pytest

from platform_cli.project.lineage.shape import Item, Open, Rank, Shape, Value
from platform_cli.project.lineage.trace import Trace
from platform_cli.project.sql.origin import Origin
from platform_cli.project.sql.positions import Rendered
from platform_cli.project.sql.tree import Tree

COLUMNS = {
    "a": ("id", "x", "y", "xs", "s", "ts"),
    "b": ("id", "x", "z", "ts"),
}
TABLES = """
create table a as select 1 as id, 'ax' as x, 'ay' as y, [1, 2] as xs, {'f': 'asf', 'g': 1} as s,
    timestamp '2026-01-02' as ts;
create table b as select 1 as id, 'bx' as x, 'bz' as z, timestamp '2026-01-01' as ts;
"""
SIGN = {Rank.PASSED: "=", Rank.CONVERTED: ":", Rank.COMPUTED: "~", Rank.UNKNOWN: "?"}


def shape_of(unique_id: str) -> Shape:
    if unique_id in {"c", "d"}:
        return Shape((), [Open(unique_id, "nobody lists it")])
    names = COLUMNS[unique_id]
    return Shape(
        Item(one, Value(frozenset({Origin(unique_id, one)}), Rank.PASSED)) for one in names
    )


def traced(sql: str) -> tuple[Trace, Shape]:
    for name in ("a", "b", "c", "d"):
        sql = sql.replace(f"<{name.upper()}>", f'"dbt_resource"."{name}"."{name}"')
    trace = Trace(shape_of, "duckdb")
    return trace, trace.columns(Tree(Rendered(sql, sql, []), "duckdb"))


def said(sql: str) -> list[str]:
    """Each column: `name = a.x` as it is, `:` converted, `~` computed, `?` unknown; `*` is open."""
    shape = traced(sql)[1]
    lines = [
        " ".join([item.name or "", SIGN[item.value.rank], *map(".".join, sorted(item.value.of))])
        for item in shape.items
    ]
    return lines + ["*"] * bool(shape.opens)


def names_in_duckdb(sql: str) -> list[str]:
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        cursor = connection.execute(sql.replace("<A>", "a").replace("<B>", "b"))
        return [one[0] for one in cursor.description or ()]


HARD = {
    "star through two CTEs": (
        "with p as (select * from <A>), q as (select * from p) select * from q",
        ["id = a.id", "x = a.x", "y = a.y", "xs = a.xs", "s = a.s", "ts = a.ts"],
    ),
    "exclude": ("select * exclude (x, xs, s, ts) from <A>", ["id = a.id", "y = a.y"]),
    "replace": (
        "select * replace (x || z as z) from <B>",
        ["id = b.id", "x = b.x", "z ~ b.x b.z", "ts = b.ts"],
    ),
    "rename": (
        "select * exclude (id, ts) rename (z as zz) from <B>",
        ["x = b.x", "zz = b.z"],
    ),
    "from first": ("from <B> select z, x as q", ["z = b.z", "q = b.x"]),
    "only from": ("from <B>", ["id = b.id", "x = b.x", "z = b.z", "ts = b.ts"]),
    "qualify": (
        "select x, row_number() over (partition by y order by id) as n from <A> qualify n = 1",
        ["x = a.x", "n ~ a.id a.y"],
    ),
    "an alias again": (
        "select x || y as q, q || '!' as r, y as x, x || '?' as w from <A>",
        ["q ~ a.x a.y", "r ~ a.x a.y", "x = a.y", "w ~ a.x"],
    ),
    "union by name": (
        "select x, y from <A> union all by name select z, x from <B>",
        ["x = a.x b.x", "y = a.y", "z = b.z"],
    ),
    "union by place": (
        "select x, y from <A> union all select z, x from <B>",
        ["x = a.x b.z", "y = a.y b.x"],
    ),
    "except": ("select x from <A> except select x from <B>", ["x = a.x"]),
    "a struct's field": (
        "select s.f, t.s.g as h, (s).f as i, s['f'] as j from <A> as t",
        ["f ~ a.s", "h ~ a.s", "i ~ a.s", "j ~ a.s"],
    ),
    "unnest in the list": ("select unnest(xs) as e, x from <A>", ["e ~ a.xs", "x = a.x"]),
    "unnest of a struct": ("select unnest(s), x from <A>", ["x = a.x", "*"]),
    "unnest behind from": (
        "select t.x, u.e from <A> as t, unnest(t.xs) as u(e)",
        ["x = a.x", "e ~ a.xs"],
    ),
    "unnest that counts": (
        "select u.e, u.n from <A> as t, unnest(t.xs) with ordinality as u(e, n)",
        ["e ~ a.xs", "n ~ a.xs"],
    ),
    "list comprehension": (
        "select [x || y for x in xs if x > id] as o from <A>",
        ["o ~ a.id a.xs a.y"],
    ),
    "lambda": ("select list_transform(xs, lambda x: x + id) as o from <A>", ["o ~ a.id a.xs"]),
    "asof join": (
        "select p.x, q.z from <A> as p asof join <B> as q on p.id = q.id and p.ts >= q.ts",
        ["x = a.x", "z = b.z"],
    ),
    "group by all": (
        "select x, count(*) as n, max(y) as m from <A> group by all",
        ["x = a.x", "n ~", "m ~ a.y"],
    ),
    "correlated sub-query": (
        "select p.x, (select max(q.z) from <B> as q where q.id = p.id) as m from <A> as p",
        ["x = a.x", "m ~ a.id b.id b.z"],
    ),
    "exists": (
        "select exists (select 1 from <B> as q where q.id = p.id) as e from <A> as p",
        ["e ~ a.id b.id"],
    ),
    "using": (
        "select id, y, z from <A> join <B> using (id, x)",
        ["id = a.id", "y = a.y", "z = b.z"],
    ),
    "star of using": (
        "select * exclude (xs, s, ts) from <A> full join (select id, z from <B>) using (id)",
        ["id ~ a.id b.id", "x = a.x", "y = a.y", "z = b.z"],
    ),
    "using on the right": (
        "select id from <A> right join <B> using (id)",
        ["id = b.id"],
    ),
    "natural join": (
        "select * from (select id, y from <A>) natural join (select id, z from <B>)",
        ["id = a.id", "y = a.y", "z = b.z"],
    ),
    "recursive": (
        """with recursive r(n, t) as (select id, x from <A> union all select r.n + 1, b.z
        from r join <B> as b on r.n = b.id where r.n < 5) select * from r""",
        ["n ~ a.id", "t = a.x b.z"],
    ),
    "filter": (
        "select max(x) filter (where y > 'a') as m from <A>",
        ["m ~ a.x a.y"],
    ),
    "columns by a pattern": (
        "select columns('^x|y$') from <A>",
        ["x = a.x", "y = a.y", "xs = a.xs"],
    ),
    "columns in an expression": (
        "select max(columns(['x', 'y'])) from <A>",
        ["x ~ a.x", "y ~ a.y"],
    ),
    "columns by a lambda": ("select columns(lambda c: c like 'x%') from <A>", ["*"]),
    "columns like": ("select * like 'x%' from <A>", ["*"]),
    "pivot as a statement": ("pivot <B> on x using max(z) group by id", ["id = b.id", "*"]),
    "pivot in from": (
        "select * from (select id, x, z from <B>) pivot (max(z) for x in ('bx', 'q'))",
        ["id = b.id", "bx ~ b.x b.z", "q ~ b.x b.z"],
    ),
    "unpivot": ("unpivot (select id, x, z from <B>) on x, z into name n value v", ["*"]),
    "values": ("select * from (values (1, 'a')) as v(k, l)", ["k ~", "l ~"]),
    "semi join": ("select x from <A> semi join <B> using (id)", ["x = a.x"]),
    "a whole row": ("select b from <B>", ["b ~ b.id b.ts b.x b.z"]),
    "names that repeat": (
        "select * from (select p.id, q.id, p.x from <A> as p, <B> as q)",
        ["id = a.id", "id_1 = b.id", "x = a.x"],
    ),
    "a cast": ("select id::varchar as id, try_cast(x as int) n from <A>", ["id : a.id", "n : a.x"]),
    "a window with a name": (
        "select sum(id) over w as n from <A> window w as (partition by y)",
        ["n ~ a.id a.y"],
    ),
    "columns of an alias": (
        "select i, j, y from <A> as t(i, j)",
        ["i = a.id", "j = a.x", "y = a.y"],
    ),
    "lateral": (
        "select p.y, q.k from <A> as p, lateral (select z || p.x as k from <B>) as q",
        ["y = a.y", "k ~ a.x b.z"],
    ),
    "a join in brackets": (
        "select y, z from (<A> as p join <B> as q on p.id = q.id)",
        ["y = a.y", "z = b.z"],
    ),
    "prefix alias": ("select q: x || y from <A>", ["q ~ a.x a.y"]),
    "a function for a table": ("select range as n from range(3)", ["n ~"]),
    "case": ("select ID, X as Xx from <A> as T where t.ID = 1", ["ID = a.id", "Xx = a.x"]),
    "within a list": ("select x in (select z from <B>) as i from <A>", ["i ~ a.x b.z"]),
    "a struct made": (
        "select {'x': y} as o, struct_pack(y := x) as p from <A>",
        ["o ~ a.y", "p ~ a.x"],
    ),
    "distinct on": ("select distinct on (x) y from <A> order by id", ["y = a.y"]),
}  # fmt: skip


@pytest.mark.parametrize("what", HARD)
def test_a_hard_query(what) -> None:
    sql, lines = HARD[what]
    assert said(sql) == lines
    if "*" not in lines:
        written = [line.split(" ")[0].lower() for line in lines]
        assert written == [name.lower() for name in names_in_duckdb(sql)]
    else:
        assert names_in_duckdb(sql)


def test_a_file_is_where_its_columns_are_from() -> None:
    assert said("select k from read_csv('data/k.csv')") == ["k = file:data/k.csv.k"]
    assert said("select k from 'data/k.parquet'") == ["k = file:data/k.parquet.k"]
    assert said("select k from raw.orders") == ["k = relation:raw.orders.k"]


@pytest.mark.parametrize(
    ("sql", "lines"),
    [
        ("select k from <C>", ["k = c.k"]),
        ("select * from <C>", ["*"]),
        ("select q.k from (select * exclude (l) from <C>) as q", ["k = c.k"]),
        ("select q.l from (select * exclude (l) from <C>) as q", ["l ?"]),
        ("select k, x from <C> join <A> as a on c.id = a.id", ["k = c.k", "x = a.x"]),
        ("select k from <C> as p join <C> as q on p.id = q.id", ["k ? c.k"]),
        ("select id as k, k + 1 as l from <C>", ["k = c.id", "l ? c.id c.k"]),
        ("select * from <C> union all select * from <A>", ["*"]),
        ("select k from (select * from <C> union all select * from <D>)", ["k ? c.k d.k"]),
        ("select k.l from (select * from <C> union all select * from <D>)", ["l ? c.k d.k"]),
        ("select x from <A> union all select * from <C>", ["x ? a.x"]),
        ("select x from <A> union all by name select * from <C>", ["x ? a.x", "*"]),
        ("select nope from <A>", ["nope ?"]),
        ("select t.nope from <A> as t", ["nope ?"]),
        ("select $1::int as n from <A>", ["n ?"]),
        ("select #1 as n from <C>", ["n ?"]),
        ("select * exclude (p.x) from <A> as p, <B> as q", ["*"]),
    ],
)
def test_of_what_nobody_lists_only_the_certain_is_said(sql, lines) -> None:
    assert said(sql) == lines


def uses(sql: str) -> dict[str, list[str]]:
    found = traced(sql)[0].uses.all(but="")
    return {
        f"{one.unique_id}.{one.column}": [*one.clauses, *([] if one.certain else ["?"])]
        for one in found
    }


def test_whatever_names_a_column_uses_it() -> None:
    sql = """
    with p as (select * from <A>), unread as (select z from <B>)
    select p.y, count(*) from p join <B> as q on p.id = q.id
    where p.x > 'a' group by 1, upper(s.f) having max(q.ts) > p.ts order by len(xs)
    """
    assert uses(sql) == {
        "a.ts": ["having"],
        "a.id": ["join"],
        "a.s": ["group by"],
        "a.x": ["where"],
        "a.xs": ["order by"],
        "a.y": ["select"],
        "b.ts": ["having"],
        "b.id": ["join"],
        "b.z": ["select"],
    }


def test_a_star_names_no_column_but_those_it_leaves_out() -> None:
    assert uses("select * exclude (x) from <A>") == {"a.x": ["exclude"]}
    assert uses("select * from <A> join <B> using (id)") == {"a.id": ["join"], "b.id": ["join"]}
    assert uses("select 1 from <A> where x in (select z from <B> where ts > now())") == {
        "a.x": ["where"],
        "b.ts": ["where"],
        "b.z": ["where"],
    }


def test_a_name_that_may_be_of_two_is_an_uncertain_use() -> None:
    assert uses("select k from <C> as p join (select * from <C>) as q on true") == {
        "c.k": ["select", "?"]
    }


EXPRESSIONS = {
    "x": """
        x.upper() | t.x.upper().lower() | (x).upper() | 'a'.concat(x) | #2 | x[1] | x[-1]
        x[:2] | try(x::int) | case x when 'a' then 1 end | case when x = 'a' then 1 else 2 end
        if(x = 'a', 1, 2) | x is null | x collate nocase | x is distinct from 'a'
        not (x = 'a') | x || 'a' | x like 'a%' | x ~ 'a' | x in ('a', 'b') | x similar to 'a'
        x glob 'a*' | struct_pack(k := x) | {'k': x} | map {'k': x} | [x] | list_value(x)
        row(x) | array_agg(x order by x desc) | count(distinct x)
        row_number() over (order by x) | x = any(['a']) | (select x) | trim(both 'a' from x)
        substring(x from 1 for 2) | position('a' in x) | overlay(x placing 'b' from 1)
        concat_ws(',', x) | format('{}', x) | regexp_replace(x, 'a', 'b', 'g')
        json_object('k', x) | to_json(x) | greatest(x, 'a') | nullif(x, '') | ifnull(x, '')
        hash(x) | typeof(x)
        """,
    "id": """
        -id | @id | id ** 2 | id // 2 | id % 2 | id & 1 | id << 1 | id between 1 and 2
        id in (1, 2) | quantile_cont(id, 0.5) | percentile_cont(0.5) within group (order by id)
        exists (select 1 where id > 1)
        """,
    "xs": """
        xs[1:2] | xs[1] | xs.list_sort() | list_filter(xs, lambda e: e > 1)
        [e + 1 for e in xs if e > 1] | list_transform(xs, lambda e, i: e + i)
        list_reduce(xs, lambda p, q: p + q) | 1 = any(xs) | xs || [1] | exists (from unnest(xs))
        (select max(e) from unnest(xs) as u(e)) | list_contains(xs, 1) | xs && [1]
        list_transform(xs, lambda id: id.abs())
        """,
    "s": """
        (s).g | s.g + 1 | s['g'] | t.s.g | s.g.abs() | struct_extract(s, 'g')
        """,
    "ts": """
        ts at time zone 'UTC' | extract(year from ts) | date_part('year', ts)
        date_trunc('month', ts) | ts + interval 1 day | date_diff('day', ts, ts)
        strftime(ts, '%Y') | ts.year()
        """,
    "id x": """
        string_agg(x, ',' order by id) | first(x order by id) | arg_max(x, id)
        max(x) filter (id > 0) | sum(id) over (partition by x)
        lag(x ignore nulls) over (order by id) | (x, id) | x.concat(id)
        """,
}


@pytest.mark.parametrize("columns", EXPRESSIONS)
def test_an_expression_is_made_of_every_column_in_it(columns) -> None:
    forms = [one.strip() for one in re.split(r"\n| \| ", EXPRESSIONS[columns]) if one.strip()]
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        for form in forms:
            sql = f"select {form} as n from <A> as t"
            connection.execute(f"explain {sql.replace('<A>', 'a')}")
            (said_of,) = said(sql)
            assert said_of.split(" ")[2:] == [f"a.{one}" for one in columns.split()], form


def test_a_function_of_a_schema_is_no_column() -> None:
    assert said("select shop.clean(x) as n from <A>") == ["n ~ a.x"]
    assert said("select shop.clean(k) as n from <C>") == ["n ~ c.k c.shop"]


def test_a_union_of_very_many_tables_is_followed() -> None:
    sql = " union all ".join(["select x from <A>", *["select z from <B>"] * 300])
    assert said(sql) == ["x = a.x b.z"]
