from platform_cli.conventions.rules.no_side_effect_on_run_hooks import (
    no_side_effect_on_run_hooks,
)
from tests.rule_builders import checked, found

PROJECT = """\
name: shop
profile: shop
on-run-start:
  - create schema if not exists audit
on-run-end:
  - grant usage on schema {{ target.schema }} to role analyst
"""


def test_grants_and_schemas_are_well(tmp_path) -> None:
    findings = checked(no_side_effect_on_run_hooks, tmp_path, {"dbt_project.yml": PROJECT})
    assert (findings.diagnostics, findings.undecided) == ((), ())


def test_a_hook_that_writes_is_found_at_its_key(tmp_path) -> None:
    project = f"{PROJECT}  - insert into audit.runs select now()\n"
    assert found(no_side_effect_on_run_hooks, tmp_path, {"dbt_project.yml": project}) == [
        "dbt_project.yml:5:1 on-run-end does `insert into audit.runs ...`"
    ]


def test_what_a_macro_does_is_undecided(tmp_path) -> None:
    files = {
        "dbt_project.yml": f'{PROJECT}  - "{{{{ audit() }}}}"\n',
        "macros/audit.sql": "{% macro audit() %}select 1{% endmacro %}",
    }
    findings = checked(no_side_effect_on_run_hooks, tmp_path, files)
    assert (findings.diagnostics, len(findings.undecided)) == ((), 1)
