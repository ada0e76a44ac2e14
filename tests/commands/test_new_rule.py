import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


def test_a_rule_and_its_test_are_written_and_hold(project, capsys) -> None:
    assert run(["new-rule", "model-has-sla"]) == 0
    assert capsys.readouterr().out == (
        "create  rules/model_has_sla.py\ncreate  rules/tests/test_model_has_sla.py\n"
    )
    assert run(["check"]) == 0
    assert "warn[model-has-sla] dim_customers: no sla in meta" in capsys.readouterr().out
    assert run(["explain", "model-has-sla"]) == 0
    assert "## model-has-sla" in capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "rules"],
        cwd=project,
        env={"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_its_severity_and_settings_are_in_platform_yml(project, capsys) -> None:
    run(["new-rule", "model_has_sla"])
    settings = "check: {rules: {model-has-sla: {severity: error, key: tier}}}\n"
    (project / "platform.yml").write_text(settings)
    capsys.readouterr()
    assert run(["check"]) == 1
    assert "error[model-has-sla] dim_customers: no tier in meta" in capsys.readouterr().out


def test_a_check_in_sql_is_written_with_what_describes_it(project, capsys) -> None:
    assert run(["new-rule", "public-models-have-descriptions", "--sql"]) == 0
    assert capsys.readouterr().out == (
        "create  checks/public_models_have_descriptions.sql\n"
        "create  checks/_public_models_have_descriptions.yml\n"
    )


def test_a_dry_run_writes_nothing_and_nothing_is_overwritten(project, capsys) -> None:
    assert run(["new-rule", "model-has-sla", "--dry-run"]) == 0
    assert "+def model_has_sla(" in capsys.readouterr().out
    assert not (project / "rules").exists()
    run(["new-rule", "model-has-sla"])
    assert run(["new-rule", "model-has-sla"]) == 0
    assert "nothing to change" in capsys.readouterr().err
    assert run(["new-rule", "model-has-sla", "--check"]) == 0
    (project / "rules" / "model_has_sla.py").write_text("mine")
    assert run(["new-rule", "model-has-sla"]) == 2
    assert (project / "rules" / "model_has_sla.py").read_text() == "mine"


@pytest.mark.parametrize("name", ["Model Has", "1st", "../x", "model-has-owner", ""])
def test_a_name_that_is_none_or_taken_is_refused(project, capsys, name) -> None:
    assert run(["new-rule", name]) == 2
    assert not (project / "rules").exists()
