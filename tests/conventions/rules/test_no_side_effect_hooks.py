import pytest

from platform_cli.conventions.rules.no_side_effect_hooks import no_side_effect_hooks
from tests.rule_builders import checked, found


def with_hook(sql):
    return {"models/a.sql": f'{{{{ config(\n    post_hook="{sql}"\n) }}}}\nselect 1 as id\n'}


@pytest.mark.parametrize(
    "sql",
    [
        "grant select on {{ this }} to role analyst",
        "analyze {{ this }}",
        "set search_path = x",
        "create index if not exists i on {{ this }} (id)",
        "create unique index concurrently i on {{ this }} (id)",
        "alter table {{ this }} add primary key (id)",
        "comment on table {{ this }} is 'drop it; delete it'",
        "-- insert into x select 1",
        "{{ log('delete from x') }}",
        "",
    ],
)
def test_what_is_about_the_table_itself_is_well(tmp_path, sql) -> None:
    findings = checked(no_side_effect_hooks, tmp_path, with_hook(sql))
    assert (findings.diagnostics, findings.undecided) == ((), ())


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("insert into audit.runs select 1", "insert into audit.runs"),
        ("grant select on {{ this }} to x; DELETE from {{ this }}", "delete from this"),
        ("create or replace table x as select 1", "create table x"),
        ("alter table other add column x int", "alter table other"),
        ("{% if target.name == 'prod' %} drop table x {% endif %}", "drop table x"),
        ("create index i on other (id)", "create index i"),
    ],
)
def test_what_writes_elsewhere_or_changes_rows_is_found_at_the_hook(tmp_path, sql, words) -> None:
    assert found(no_side_effect_hooks, tmp_path, with_hook(sql)) == [
        f"models/a.sql:2:5 a post-hook does `{words} ...`"
    ]
    assert not found(no_side_effect_hooks, tmp_path, with_hook(sql), allowed=(words,))


def test_what_a_macro_does_is_undecided_beside_what_is_found(tmp_path) -> None:
    files = {
        "macros/audit.sql": "{% macro audit() %}select 1{% endmacro %}",
        "models/a.sql": "select 1 as id",
        "models/a.yml": """\
            models:
              - name: a
                config:
                  pre_hook: ["{{ audit() }}", "truncate table x"]
            """,
    }
    findings = checked(no_side_effect_hooks, tmp_path, files)
    assert [str(one.where) for one in findings.diagnostics] == ["models/a.yml:4:7"]
    assert [one.resource for one in findings.undecided] == ["model.shop.a"]
