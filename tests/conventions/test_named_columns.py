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
    ],
)
def test_a_query_that_names_its_columns_needs_no_others(sql, words) -> None:
    found = named_columns([sql, "select 1 as more"])
    assert found is not None
    assert words | {"more"} <= found
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
        f"select to_json(m) from {M} m",
        f"select models from {M}",
        f"select name from {M} natural join {C}",
        f"select columns('n.*') from {M}",
        f"summarize {M}",
        f"select {{{{ names() }}}} from {M}",
        f"{{% set x = 1 %}}select name from {M}",
    ],
)
def test_a_query_that_may_ask_for_all_gets_all(sql) -> None:
    assert named_columns(["select name from x", sql]) is None
