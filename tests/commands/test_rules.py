import json
from pathlib import Path

from platform_cli.cli import run

CONVENTIONS = Path(__file__).parents[2] / "dbt_project" / "CONVENTIONS.md"


def test_every_rule_is_a_line_with_its_severity(capsys) -> None:
    assert run(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:2] == ["model-has-owner", "error"] for line in lines)
    assert len(lines) >= 10


def test_a_program_gets_the_pages_too(capsys) -> None:
    assert run(["rules", "--output-format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["version"] == 1
    (owner,) = [one for one in said["rules"] if one["rule"] == "model-has-owner"]
    assert owner["severity"] == "error"
    assert "### Waive" in owner["page"]


def test_conventions_md_is_what_the_rules_say(capsys) -> None:
    run(["rules", "--output-format", "markdown"])
    written = capsys.readouterr().out
    assert CONVENTIONS.read_text(encoding="utf-8") == written, (
        "write it again: platform rules --output-format markdown > dbt_project/CONVENTIONS.md"
    )
