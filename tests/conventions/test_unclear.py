"""What no rule can say anything about."""

import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from platform_cli.conventions.unclear import unclear
from platform_cli.project.project import Project
from tests.small_project import FILES, write_project

DIM = "models/marts/sales/dim_customers.yml"
BROKEN = FILES[DIM].replace("  - name", "\t- name", 1)


def test_a_model_behind_a_broken_file_is_undecided_and_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_project(tmp_path, {DIM: BROKEN})
    assert run(["-q", "-C", str(root), "check", "--output-format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["rule"] for one in told["findings"]} == {"yaml"}
    assert told["undecided"] == [
        {
            "rule": "every rule",
            "resource": "model.shop.dim_customers",
            "reason": f"{DIM} cannot be read, and may describe it",
        }
    ]


def test_what_is_described_elsewhere_or_not_named_there_is_looked_at(tmp_path: Path) -> None:
    root = write_project(tmp_path, {DIM: BROKEN, "models/staging/raw/stg_x.sql": "select 1 as a"})
    project = Project.load(root)
    found = unclear(project.resources.values(), project)
    assert [*found] == ["model.shop.dim_customers"]
    whole = Project.load(write_project(tmp_path / "whole"))
    assert not unclear(whole.resources.values(), whole)
