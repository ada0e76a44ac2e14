import json
from pathlib import Path

from platform_cli.cli import run
from tests.small_project import write_project

CONVENTIONS = Path(__file__).parents[2] / "dbt_project" / "CONVENTIONS.md"


def test_every_rule_is_a_line_with_its_severity(capsys) -> None:
    assert run(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:2] == ["model-has-owner", "error"] for line in lines)
    assert len(lines) >= 10


def test_conventions_md_is_what_the_rules_say(capsys) -> None:
    run(["rules", "--output-format", "markdown"])
    written = capsys.readouterr().out
    assert CONVENTIONS.read_text(encoding="utf-8") == written, (
        "write it again: platform rules --output-format markdown > dbt_project/CONVENTIONS.md"
    )


def test_json_is_one_document_on_stdout(capsys) -> None:
    assert run(["rules", "--output-format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rules"]) >= 10


def test_rules_can_be_filtered_and_an_unknown_type_has_near_names(capsys) -> None:
    assert run(["rules", "--severity", "warn", "--sees", "model", "description"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.split()[1] == "warn" for line in lines)
    assert run(["rules", "--sees", "modle"]) == 2
    assert "did you mean 'model'" in capsys.readouterr().err
    assert run(["rules", "nowhere at all"]) == 2


def test_a_projects_own_rules_are_listed(capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(write_project(tmp_path))
    run(["new-rule", "model-has-sla"])
    assert run(["rules", "sla"]) == 0
    assert "model-has-sla" in capsys.readouterr().out
