"""Where rows are chosen, and where values are made."""

from __future__ import annotations

import pytest

from platform_cli.project.sql.clause import chooses_rows
from platform_cli.project.sql.tree import dialect_of


def chooses(sql: str) -> bool:
    tokens = dialect_of("snowflake").tokenize(sql)
    (index,) = [at for at, token in enumerate(tokens) if token.text.lower() == "now"]
    return chooses_rows(tokens, index)


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
