import json

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

DESCRIBED = {
    "checks/every_model_is_a_table.sql": """\
{{ config(severity = "warn", tags = ["cost"]) }}
select unique_id, materialized from {{ info_schema('models') }} where materialized <> 'table'
""",
}
BY_EDGE = (
    "select child_unique_id from {{ info_schema('edges') }}"
    " where child_unique_id like 'model%%' and parent_unique_id like '%s'"
)


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Run `platform check` in a project with these changes: code, the findings, stderr."""

    def call(changes, *arguments):
        monkeypatch.chdir(write_project(tmp_path, changes))
        code = run(["check", "--output-format", "json", *arguments])
        out, err = capsys.readouterr()
        return code, json.loads(out)["findings"] if out else [], err

    return call


def test_each_row_is_a_finding_at_its_resource_and_no_rows_are_well(check) -> None:
    code, [finding], _ = check(DESCRIBED)
    assert code == 0
    assert (finding["rule"], finding["severity"]) == ("every_model_is_a_table", "warn")
    assert finding["resource"] == "model.shop.stg_customers"
    assert finding["message"] == "Every model is a table (materialized: view)"
    assert finding["path"] == "models/staging/raw/stg_customers.yml"
    assert check({"checks/every_model_is_a_table.sql": "select 1 where false"})[1] == []


def test_only_rows_about_what_is_selected_count(check) -> None:
    assert check(DESCRIBED, "--select", "dim_customers")[1] == []
    assert len(check(DESCRIBED, "--select", "stg_customers")[1]) == 1
    edges = {"checks/by_edge.sql": BY_EDGE % "%stg_customers"}
    gone = {"checks/every_model_is_a_table.sql": "select 1 where false"}
    assert len(check(edges | gone, "--select", "stg_customers")[1]) == 1
    named = {
        "checks/by_edge.yml": """\
checks:
  - name: by_edge
    description: Nobody reads stg_customers.
    config: {selection_filter_on: child_unique_id}
"""
    }
    assert check(edges | gone | named, "--select", "stg_customers")[1] == []
    code, [finding], _ = check(edges | gone | named, "--select", "dim_customers")
    assert (code, finding["resource"]) == (1, "model.shop.dim_customers")
    assert finding["message"] == "Nobody reads stg_customers"


def test_a_row_about_no_resource_is_at_the_check_itself_and_may_have_a_message(check) -> None:
    sql = {"checks/count.sql": "select 'too many models' as message from (select 1)"}
    _, [finding], _ = check(sql, "--select", "stg_customers")
    assert (finding["message"], finding["path"]) == ("too many models", "checks/count.sql")


def test_a_check_is_off_where_its_config_or_platform_yml_says_so(check) -> None:
    off = "{{ config(enabled=false) }}" + DESCRIBED["checks/every_model_is_a_table.sql"]
    settings = {"platform.yml": "check: {rules: {every_model_is_a_table: off}}\n"}
    assert check({"checks/every_model_is_a_table.sql": off.replace("severity", "meta")})[1] == []
    assert check(DESCRIBED | settings)[1] == []
    settings = {"platform.yml": "check: {rules: {every_model_is_a_table: error}}\n"}
    assert check(DESCRIBED | settings)[0] == 1


def test_vars_and_the_projects_macros_are_there(check) -> None:
    files = {
        "macros/scope.sql": "{% macro mine(of) %}{{ of }}.package_name = 'shop'{% endmacro %}"
        "{% macro models() %}{{ info_schema('models') }}{% endmacro %}",
        "checks/named.sql": "select unique_id from {{ models() }} m where {{ mine('m') }}"
        ' and name = \'{{ var("wanted", "dim_customers") }}\'',
    }
    assert [one["resource"] for one in check(files)[1]] == ["model.shop.dim_customers"]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select nothing from {{ info_schema('models') }}", "nothing"),
        ("select * from {{ info_schema('modles') }}", "there is no such table"),
        ("select * from {{ nowhere() }}", "nowhere"),
        ("select * from read_csv('/etc/passwd')", "disabled"),
        ("attach 'x.duckdb'", "disabled"),
    ],
)
def test_a_check_that_fails_is_named_and_the_others_go_on(check, capsys, sql, said) -> None:
    code, findings, _ = check(DESCRIBED | {"checks/broken.sql": sql})
    assert (code, len(findings)) == (3, 1)
    assert run(["check"]) == 3
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"checks/a.sql": "{{ config(severity='bad') }} select 1"}, "write error or warn"),
        ({"checks/a.sql": "{{ config(severty='warn') }} select 1"}, "'severity'"),
        ({"checks/a.sql": "{{ config(severity=x()) }} select 1"}, "write it out"),
        ({"checks/a.sql": "{{ config(severity=['error']) }} select 1"}, "write error or warn"),
        ({"checks/a.sql": "{{ config(selection_filter_on=3) }} select 1"}, "name of a column"),
        ({"checks/a.yml": "checks: 3", "checks/a.sql": "select 1"}, "is no list"),
        ({"checks/a.sql": "{{ config( select 1"}, "Broken Jinja in checks/a.sql"),
        ({"checks/a.yml": "checks: [{name: b}]"}, "there is no b.sql"),
        ({"checks/a.yml": "checks: [{name: b"}, "checks/a.yml"),
        ({"checks/model-has-owner.sql": "select 1"}, "two rules are named model-has-owner"),
        ({"checks/a.sql": "select 1", "checks/b/a.sql": "select 1"}, "two rules are named a"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_place(check, files, said) -> None:
    code, _, err = check(files)
    assert code == 2
    assert said in err
    assert "--> checks/" in err


def test_a_check_can_be_explained_and_waived_like_a_rule(check, capsys) -> None:
    waiver = '-- waive: every_model_is_a_table until=2099-01-01 owner=sales reason="x"\n'
    sql = {"models/staging/raw/stg_customers.sql": waiver + "select 1 as customer_id\n"}
    settings = {"platform.yml": "check: {waivers: {max_days: 99999}}\n"}
    assert [one["rule"] for one in check(DESCRIBED | sql | settings)[1]] == []
    assert run(["explain", "every_model_is_a_table"]) == 0
    assert "info_schema('models')" in capsys.readouterr().out


def test_a_check_without_end_is_stopped_and_the_others_go_on(check, capsys) -> None:
    endless = "select a.* from range(9999999) a, range(9999999) b where a.range + b.range < 0"
    settings = {"platform.yml": "check: {rules: {endless: {seconds: 1}}}\n"}
    code, findings, _ = check(DESCRIBED | settings | {"checks/endless.sql": endless})
    assert (code, [one["rule"] for one in findings]) == (3, ["every_model_is_a_table"])
    assert run(["check"]) == 3
    said = capsys.readouterr().out
    assert "endless: " in said
    assert "checks/endless.sql ran longer than 1 s and was stopped" in said
    assert "`check: {rules: {endless: {seconds: 6}}}` in platform.yml gives it more time" in said


def test_a_check_that_names_no_column_has_all_of_them(check) -> None:
    named = "select unique_id from {{ info_schema('models') }} where materialized = 'table'"
    every = "select * from {{ info_schema('models') }} where name = 'dim_customers'"
    assert len(check({"checks/named.sql": named})[1]) == 1
    _, findings, _ = check({"checks/named.sql": named, "checks/every.sql": every})
    [one] = [one for one in findings if one["rule"] == "every"]
    assert one["resource"] == "model.shop.dim_customers"
    assert "description: Customers that ever bought something." in one["message"]
    rows = "select unique_id, m from {{ info_schema('models') }} m where name = 'dim_customers'"
    _, findings, _ = check({"checks/named.sql": rows})
    [one] = [one for one in findings if one["rule"] == "named"]
    assert "Customers that ever bought something." in one["message"]


def test_a_check_with_very_many_rows_is_stopped_and_says_how_many_are_told(check, capsys) -> None:
    many = "select 'model.shop.dim_customers' as unique_id, a.range from range(9999999) a"
    settings = {"platform.yml": "check: {rules: {many: {rows: 3}}}\n"}
    code, findings, _ = check(DESCRIBED | settings | {"checks/many.sql": f"{many}, range(999)"})
    told = [one["rule"] for one in findings]
    assert (code, told.count("many"), told.count("every_model_is_a_table")) == (3, 3, 1)
    assert run(["check"]) == 3
    said = capsys.readouterr().out
    assert "checks/many.sql finds more than 3 rows, and only the first 3 are told" in said
    assert "`check: {rules: {many: {rows: 30}}}` in platform.yml allows more" in said
    enough = {"platform.yml": "check: {rules: {many: {rows: 3}}}\n"}
    three = {"checks/many.sql": f"{many} where a.range < 3 or a.range = 9"}
    assert check(enough | three)[0] == 3
    enough = {"platform.yml": "check: {rules: {many: {rows: 4}}}\n"}
    assert (check(enough | three)[0], len(check(enough | three)[1])) == (1, 5)


def test_rows_about_others_do_not_count_against_those_that_are_selected(check) -> None:
    ids = "select 'model.shop.dim_customers' as unique_id from range(9)"
    rows = {"checks/many.sql": f"{ids} union all select 'model.shop.stg_customers'"}
    settings = {"platform.yml": "check: {rules: {many: {rows: 3}}}\n"}
    code, findings, _ = check(rows | settings, "--select", "stg_customers")
    assert (code, len(findings)) == (1, 1)


def test_a_text_that_looks_like_a_comment_hides_no_column(check) -> None:
    sql = "select unique_id from {{ info_schema('models') }}"
    sql += " where name not like '%--%' and materialized = 'table'"
    code, [finding], _ = check({"checks/a.sql": sql})
    assert (code, finding["resource"]) == (1, "model.shop.dim_customers")


def test_checks_with_and_without_macros_have_the_columns_that_they_ask_for(check) -> None:
    macro = "{% macro models() %}{{ info_schema('models') }}{% endmacro %}"
    files = {
        "macros/models.sql": macro,
        "checks/a.sql": "select unique_id from {{ info_schema('models') }} where name like 'dim%'",
        "checks/b.sql": "select unique_id, description from {{ models() }} where name like 'dim%'",
        "checks/c.sql": "select unique_id from {{ info_schema('models') }} where name like 'dim%'",
    }
    code, findings, _ = check(files)
    assert (code, sorted(one["rule"] for one in findings)) == (1, ["a", "b", "c"])
