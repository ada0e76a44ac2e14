import json

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

TESTED = """\
# mine
unit_tests:
  - name: dim_customers__as_generated   # look
    model: dim_customers
    config:
      meta: {unverified: true, seen: no}
    given:
      - input: ref('stg_customers')
        rows: [{customer_id: 1, customer_name: x}]
    expect:
      rows: [{customer_id: 1, customer_name: x}]
"""
PATH = "models/marts/sales/dim_customers__tests.yml"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path, {PATH: TESTED}))
    return tmp_path


def test_the_mark_goes_and_nothing_else(project, capsys) -> None:
    assert run(["check", "-s", "dim_customers"]) == 1
    assert f"{PATH}:3:5" in capsys.readouterr().out.replace("\n     3:5", ":3:5")
    assert run(["confirm", "dim_customers", "--yes"]) == 0
    assert (project / PATH).read_text() == TESTED.replace("unverified: true, ", "")
    assert run(["check", "-s", "dim_customers"]) == 0


def test_a_second_time_changes_nothing(project, capsys) -> None:
    run(["confirm", "dim_customers", "--yes"])
    before = (project / PATH).stat().st_mtime_ns
    capsys.readouterr()
    assert run(["confirm", "dim_customers"]) == 0
    assert "is confirmed already" in capsys.readouterr().err
    assert (project / PATH).stat().st_mtime_ns == before


def test_a_dry_run_and_a_check_write_nothing(project, capsys) -> None:
    assert run(["confirm", "dim_customers", "--dry-run"]) == 0
    assert "-      meta: {unverified: true, seen: no}" in capsys.readouterr().out
    assert run(["confirm", "dim_customers", "--check"]) == 1
    assert (project / PATH).read_text() == TESTED


def test_a_program_gets_json(project, capsys) -> None:
    assert run(["confirm", "dim_customers", "--json", "--yes"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["written"]) == (1, True)
    assert [(one["path"], one["verb"]) for one in said["changes"]] == [(PATH, "update")]
    assert said["confirmed"] == ["dim_customers__as_generated"]


def test_each_file_is_shown_with_the_tests_that_are_in_it(project, capsys) -> None:
    (project / "models/staging/raw/more.yml").write_text(
        "unit_tests:\n  - name: mine\n    model: stg_customers\n"
        "    config: {meta: {unverified: true}}\n    given: []\n    expect: {rows: []}\n"
    )
    assert run(["confirm", "dim_customers", "stg_customers", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert f"update  {PATH}" in out
    lines = [one.split() for one in out.splitlines() if one.startswith("update")]
    assert [one[2:] for one in lines] == [["dim_customers__as_generated"], ["mine"]]


@pytest.mark.parametrize(
    ("name", "words"),
    [("dim_custmers", "'dim_customers'"), ("stg_customers", "has no unit test")],
)
def test_what_is_wrong_is_said(project, capsys, name, words) -> None:
    assert run(["confirm", name]) == 2
    assert words in capsys.readouterr().err
