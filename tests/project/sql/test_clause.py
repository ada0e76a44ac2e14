"""Where rows are chosen, and where values are made."""

from __future__ import annotations

import pytest
from sqlglot.tokenizer_core import Token

from platform_cli.project.sql.clause import chooses_rows, keeps_out_the_future
from platform_cli.project.sql.tree import dialect_of


def now_in(sql: str) -> tuple[list[Token], int]:
    tokens = dialect_of("snowflake").tokenize(sql)
    (index,) = [at for at, token in enumerate(tokens) if token.text.lower() == "now"]
    return tokens, index


def chooses(sql: str) -> bool:
    return chooses_rows(*now_in(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "select a from t where b <= now()",
        "select a from t where b <= date_trunc('day', now()) and c > 0",
        "select a from t where b > (select max(c) - now() from t)",
        "select a from t where b in (select c from u where d < now())",
        "select a from t join u on t.b = u.b and u.c < now()",
        "select a, count(*) from t group by 1 having max(b) < now()",
        "select a from t qualify row_number() over (partition by b order by now()) = 1",
        "select a from generate_series(date '2024-01-01', now()) as s(a)",
        "with x as (select a from t where b < now()) select a from x",
        "select a from t where extract(year from b) = extract(year from now())",
        "select (select max(b) from u where c < now()) from t",
        "select a from t where b > 0 union all select a from u where b < now()",
    ],
)
def test_what_only_says_which_rows_there_are(sql) -> None:
    assert chooses(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select now() as a from t",
        "select a, datediff('day', b, now()) as c from t where a > 0",
        "select case when b < now() then 1 end as c from t",
        "select extract(year from now()) as a from t",
        "select count(*) filter (where b < now()) as a from t",
        "select distinct on (b) b, now() as a from t",
        "select a is distinct from now() as b from t",
        "select row_number() over (order by now()) as a from t",
        "select (select now()) as a from t where b > 0",
        "with x as (select now() as b) select a from t join x on t.a > x.b",
        "select x.b from t join (select now() as b) as x on t.a > x.b",
        "select a from t where a > 0 union all select now() from u",
        "select a from (values (now())) as v(a)",
    ],
)
def test_what_becomes_a_value(sql) -> None:
    assert not chooses(sql)


@pytest.mark.parametrize(
    ("condition", "is_upper_bound"),
    [
        ("a <= now()", True),
        ("a::date < now()", True),
        ("now() > a", True),
        ("now()::date >= a and b = 1", True),
        ("a between b and now()", True),
        ("a between dateadd('day', -1, b) and now() and c > 0", True),
        ("a > now()", False),
        ("now() <= a", False),
        ("b = 1 and now() < a", False),
        ("a between now() and b", False),
        ("a > b and now() = c", False),
        ("b = 1 and now() > a", True),
        ("a < year(now) and c > (b)", True),
        ("a > year(now) and c > (b)", False),
        ("a <= cast(now() as date)", True),
        ("a between 1997 and year(now())", True),
        ("a between b and coalesce(c, now())", True),
        ("a < date_trunc('day', now('Europe/Rome'))", True),
        ("a < dateadd('day', -1, now())", True),
        ("last_day(now()::date)::date >= a", True),
        ("a < coalesce(b, cast(now() as date))", True),
        ("a > cast(now() as date)", False),
        ("a between year(now()) and 2030", False),
        ("a < month(now())", False),
        ("a < coalesce(b - now(), 3)", False),
        ("a < coalesce(now() - b, 3)", False),
        ("a < abs((now()))", False),
        ("a - now() > 30", False),
        ("a = now()", False),
    ],
)
def test_an_upper_bound_keeps_out_the_future(condition, is_upper_bound) -> None:
    assert keeps_out_the_future(*now_in(f"select a from t where {condition}")) is is_upper_bound
