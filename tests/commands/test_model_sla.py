"""The SLA of a model that `platform new-model` writes, when nobody says it."""

import pytest

from platform_cli.cli import run
from tests.builders import write
from tests.small_project import FILES, write_project

MART = "dim_people", "--from", "stg_customers", "--owner", "sales", "--no-unit-test"
WHAT = "--description", "One row per customer."


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


SLA_RULE = "check: {rules: {sla-declared: {severity: error, upstream: false, key: KEY}}}\n"


@pytest.mark.parametrize("key", ["sla", "ready_by"])
def test_a_missing_sla_is_a_todo_where_a_rule_wants_one(project, capsys, key) -> None:
    write(project, {"platform.yml": SLA_RULE.replace("KEY", key)})
    assert run(["new-model", *MART, *WHAT]) == 0
    capsys.readouterr()
    file = project / "models/marts/sales/dim_people.yml"
    before, todo, _ = file.read_text().partition(f"      meta:\n        {key}: TODO\n")
    assert todo
    line = before.count("\n") + 2
    assert run(["check", "--select", "dim_people"]) == 1
    out = capsys.readouterr().out
    said = "error[sla-declared] dim_people: the SLA is still to be written"
    assert f"{file.relative_to(project)}\n    {line}:9  {said}" in out
    assert run(["new-model", "stg_people", *MART[1:], *WHAT]) == 0
    assert "TODO" not in (project / "models/staging/raw/stg_people.yml").read_text()


@pytest.mark.parametrize(
    ("platform", "dbt"),
    [
        ("", ""),
        ("check: {preset: strict, rules: {sla-declared: off}}\n", ""),
        (SLA_RULE.replace("KEY", "sla"), "models: {shop: {marts: {+meta: {sla: daily}}}}\n"),
        (SLA_RULE.replace("KEY", "sla.days"), ""),
    ],
)
def test_where_no_sla_is_missing_there_is_no_todo(project, platform, dbt) -> None:
    settings = FILES["dbt_project.yml"].partition("models:")[0]
    write(project, {"platform.yml": platform, "dbt_project.yml": settings + dbt})
    assert run(["new-model", *MART, *WHAT]) == 0
    assert "meta:\n        sla" not in (project / "models/marts/sales/dim_people.yml").read_text()
