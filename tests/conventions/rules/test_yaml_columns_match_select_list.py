from platform_cli.conventions.rules.yaml_columns_match_select_list import (
    yaml_columns_match_select_list as rule,
)
from platform_cli.project.resources import Column
from tests.sql_builders import violations_in, why_undecided

F = "{{ ref('stg_flights') }}"


def declared(*names: str, config: str = "{}") -> dict[str, str]:
    columns = "".join(f"  - name: {name}\n" for name in names)
    yaml = f"models:\n- name: fct\n  config: {config}\n  columns:\n{columns}"
    return {"models/marts/fct.yml": yaml}


def test_a_column_that_is_not_selected_is_found_at_its_entry_with_near_names(tmp_path) -> None:
    sql = f"{{% for c in ['id', 'code'] %}}{{% endfor %}}select id, upper(code) as code from {F}"
    [one] = violations_in(tmp_path, rule, sql, files=declared("ID", "cod"))
    assert isinstance(one.at, Column)
    assert one.at.name == "cod"
    assert "'code'" in one.help
    assert one.anchor == "column:cod"


def test_a_column_that_is_not_declared_counts_with_a_contract_or_by_setting(tmp_path) -> None:
    sql = f"select id, code from {F}"
    assert violations_in(tmp_path, rule, sql, files=declared("id")) == []
    [one] = violations_in(tmp_path, rule, sql, files=declared("id"), both_ways=True)
    assert "selects code" in one.message
    contract = declared("id", config="{contract: {enforced: true}}")
    [one] = violations_in(tmp_path, rule, sql, files=contract)
    assert one.anchor == "column:code"


def test_stars_are_followed_through_ctes_and_models(tmp_path) -> None:
    sql = f"with f as (select * from {F}) select * exclude (code) from f"
    assert why_undecided(tmp_path, rule, sql, files=declared("id"))
    sql = f"with f as (select * from {F}) select *, 1 as one from f"
    [one] = violations_in(tmp_path, rule, sql, files=declared("id", "code", "one", "two"))
    assert "two" in one.message


def test_a_star_over_a_source_is_undecided(tmp_path) -> None:
    sql = "select * from {{ source('raw', 'planes') }}"
    assert "planes" in why_undecided(tmp_path, rule, sql, files=declared("id"))


def test_a_model_without_declared_columns_is_not_looked_at(tmp_path) -> None:
    assert violations_in(tmp_path, rule, "select {{ run_query('x') }}") == []
    assert why_undecided(tmp_path, rule, "select {{ run_query('x') }}", files=declared("id"))
