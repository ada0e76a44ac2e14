import pytest

from platform_cli.conventions.named_columns import named_columns

M, C = "{{ info_schema('models') }}", '{{ info_schema("node_columns") }}'


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (f"select unique_id from {M} where Access = 'public'", {"unique_id", "access"}),
        (f"select m.unique_id, count(*) n from {M} as m left join {C} c using (x)", {"x", "n"}),
        (f"{{{{ config(severity='warn') }}}}\nselect name -- *\nfrom {M} where a", {"name", "a"}),
        (f"with t as (select name from {M}) select t.name from t where true", {"name"}),
        (f"select name from {M} where materialized = 'table'", {"name", "materialized"}),
        (f"select name from {M} m where m.name like '%--%' and m.alias is null", {"alias"}),
        (f"select name from {M} where regexp_matches(alias, '^(m.*)$')", {"name", "alias"}),
        (f"select name from {M} where a = 'it''s * from' and b = \"c--d\" and e", {"e", "b"}),
        (f"select name from {M} where (a or b)", {"a", "b"}),
    ],
)
def test_a_query_that_names_its_columns_needs_no_others(sql, words) -> None:
    found = named_columns([sql])["models"]
    assert found is not None
    assert words <= found
    assert not {"description", "config", "severity"} & found


@pytest.mark.parametrize(
    "sql",
    [
        f"select * from {M}",
        f"select m.* from {M} m",
        f"from {M} where name = 'x'",
        f"{{{{ config(enabled=true) }}}} from {M}",
        f"with t as (from {M}) select name from t",
        f"select name from {M} union all from {M}",
        f"select name from {M} union from {M}",
        f"select to_json(m) from {M} m",
        f'select to_json("m") from {M} "m"',
        f"select models from {M}",
        f"select name from {M} natural join {C}",
        f"select columns('n.*') from {M}",
        f"summarize {M}",
        f"select a from {M} as m(a, b)",
        f"select #2 from {M}",
        f"select name from {M} where a = e'it\\'s' or b = 'x'",
        f"select name from {M} where a = $$it's$$ or b = 'x'",
    ],
)
def test_a_query_that_may_ask_for_all_gets_all(sql) -> None:
    assert named_columns([f"select name from {M}", sql])["models"] is None


def test_each_table_has_the_columns_of_its_own_queries() -> None:
    found = named_columns([f"select unique_id from {M}", f"select * from {C}"])
    assert found["node_columns"] is None
    assert "unique_id" in (found["models"] or ())


@pytest.mark.parametrize(
    "sql", [f"select {{{{ names() }}}} from {M}", f"{{% set x = 1 %}}select * from {M}"]
)
def test_a_query_with_other_jinja_is_not_looked_at(sql) -> None:
    assert named_columns([sql]) == {}
