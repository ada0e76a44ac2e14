import json
from datetime import date

from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.reporting.findings_as_github import findings_as_github
from platform_cli.reporting.findings_as_json import findings_as_json
from platform_cli.reporting.findings_as_text import findings_as_text

OWNER = Diagnostic(
    message="no owner",
    name="model-has-owner",
    where=Where("models/a.yml", 3, 5),
    help="add `group:`",
    resource="model.shop.fct_a",
)
LATER = Diagnostic(
    message="100 %,\nall",
    severity="warn",
    name="columns-documented",
    where=Where("models/a.yml", 9),
    help="add `group:`",
)
FINDINGS = Findings(
    diagnostics=(OWNER, LATER),
    resources=4,
    rules=2,
    waived=(Waived(OWNER, date(2027, 1, 31), "growth", "old", Where("models/b.sql", 1)),),
    undecided=(NotTold("model-has-owner", "model.shop.fct_b", "group: a var"),),
)


def plain(text: str) -> str:
    from click import unstyle

    return unstyle(text)


def test_text_groups_by_file_and_counts_at_the_end() -> None:
    assert plain(findings_as_text(FINDINGS, folder="dbt_project/")) == (
        "dbt_project/models/a.yml\n"
        "     3:5  error[model-has-owner] fct_a: no owner\n"
        "          help: add `group:`\n"
        "     9:1  warn[columns-documented] 100 %,\nall\n"
        "          help: add `group:`\n"
        "\n"
        "1 error, 1 warning in 4 resources (2 rules); 1 waived; 1 undecided (-v lists them)"
    )


def test_text_says_more_when_asked() -> None:
    text = plain(findings_as_text(FINDINGS, say_more=True))
    assert "  model-has-owner  model.shop.fct_b: group: a var" in text


def test_the_same_advice_is_given_once_per_file() -> None:
    text = findings_as_text(Findings((OWNER, OWNER), resources=1, rules=1))
    assert text.count("add `group:`") == 1


def test_nothing_found_is_one_line() -> None:
    text = plain(findings_as_text(Findings((), resources=4, rules=2)))
    assert text == "no findings in 4 resources (2 rules)"


def test_json_is_versioned_and_has_everything() -> None:
    document = json.loads(findings_as_json(FINDINGS))
    assert document["version"] == 1
    assert document["findings"][0] == {
        "rule": "model-has-owner",
        "severity": "error",
        "message": "no owner",
        "help": "add `group:`",
        "path": "models/a.yml",
        "line": 3,
        "column": 5,
        "resource": "model.shop.fct_a",
        "anchor": None,
    }
    assert document["summary"]["undecided"] == len(document["undecided"]) == 1


def test_github_annotations_are_escaped_and_start_at_the_repository() -> None:
    first, second = findings_as_github(FINDINGS, folder="dbt_project/").splitlines()
    assert first == (
        "::error file=dbt_project/models/a.yml,line=3,col=5,title=model-has-owner::"
        "fct_a: no owner%0Aadd `group:`"
    )
    assert second.startswith("::warning file=dbt_project/models/a.yml,line=9,title=")
    assert second.endswith("::100 %25,%0Aall%0Aadd `group:`")
