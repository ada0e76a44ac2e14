"""The check before `platform build`."""

import json

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

NO_OWNER = """\
models:
  - name: stg_customers
    description: One row per customer.
    columns:
      - name: customer_id
        data_tests: [unique, not_null]
"""
UNOWNED = {"models/staging/raw/stg_customers.yml": NO_OWNER}


@pytest.fixture
def build(tmp_path, monkeypatch, capsys):
    """Run `platform build` in a project with these changes: code, stdout, stderr."""

    def call(changes=None, *arguments):
        monkeypatch.chdir(write_project(tmp_path, changes))
        code = run(["build", *arguments])
        return code, *capsys.readouterr()

    return call


def test_a_broken_convention_stops_before_dbt_starts(build, tmp_path) -> None:
    code, out, err = build(UNOWNED)
    assert code == 1
    assert "error[model-has-owner] stg_customers: no owner" in out
    assert "--no-check" in err
    assert not (tmp_path / "target" / "manifest.json").exists()
    code, out, _ = build(UNOWNED, "--output-format", "json")
    assert (code, len(json.loads(out)["findings"])) == (1, 1)


def test_only_what_is_selected_is_looked_at_and_warnings_are_one_line(build) -> None:
    less = {"platform.yml": "check: {rules: {model-has-owner: warn}}\n"}
    code, _, err = build(UNOWNED | less, "--select", "stg_customers")
    assert code == 0
    assert "check: 1 warning (platform check shows them)\n" in err
    code, out, err = build(UNOWNED | {"platform.yml": ""}, "--select", "dim_customers+")
    assert (code, "check:" in err) == (0, False)
    assert "stg_customers" not in out


def test_it_can_be_left_out_once_and_for_good(build) -> None:
    assert build(UNOWNED, "--no-check", "--select", "stg_customers")[0] == 0
    never = {"platform.yml": "build: {check: false}\n"}
    assert build(UNOWNED | never, "--select", "stg_customers")[0] == 0
    assert build(UNOWNED | never, "--check", "--select", "stg_customers")[0] == 1


def test_types_are_left_out_as_dbt_leaves_them_out(build) -> None:
    assert build(UNOWNED, "--exclude-resource-type", "seed", "--resource-type", "model")[0] == 1
    assert "no owner" not in build(UNOWNED, "--resource-type", "test")[1]


def test_what_dbt_stops_at_is_said_as_before(build) -> None:
    sql = {"models/marts/sales/dim_customers.sql": "select * from {{ ref('stg_custmers') }}"}
    code, out, err = build(UNOWNED | sql)
    assert (code, out) == (2, "")
    assert "'stg_custmers'" in err


def test_a_selection_that_files_do_not_tell_is_not_checked(build) -> None:
    code, _, err = build(UNOWNED, "--select", "stg_customers", "metric:revenue")
    assert code == 0
    assert "note: not checked: 'metric:revenue'" in err
