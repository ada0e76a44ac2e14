import json
from pathlib import Path

from platform_cli.cli import run

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
