import json
from datetime import date

from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.excerpt import Excerpts
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.reporting.findings_as_github import findings_as_github
from platform_cli.reporting.findings_as_json import findings_as_json
from platform_cli.reporting.findings_as_text import findings_as_text
from tests.builders import write

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
    first = document["findings"][0]
    assert len(first.pop("fingerprint")) == 32
    assert first == {
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
    [waived] = document["waived"]
    assert document["summary"]["waived"] == 1
    assert (waived["rule"], waived["waiver"]["until"]) == ("model-has-owner", "2027-01-31")
    assert waived["waiver"]["line"] == 1


def test_github_annotations_are_escaped_and_start_at_the_repository() -> None:
    first, second = findings_as_github(FINDINGS, folder="dbt_project/").splitlines()
    assert first == (
        "::error file=dbt_project/models/a.yml,line=3,col=5,title=model-has-owner::"
        "fct_a: no owner%0Aadd `group:`"
    )
    assert second.startswith("::warning file=dbt_project/models/a.yml,line=9,title=")
    assert second.endswith("::100 %25,%0Aall%0Aadd `group:`")


def test_text_shows_the_line_and_merges_what_has_one_cause(tmp_path) -> None:
    columns = [f"c{number}" for number in range(30)]
    write(tmp_path, {"models/a.yml": "\n".join(f"  - name: {name}" for name in columns)})
    found = tuple(
        Diagnostic(
            message=f"column {name} has no description",
            severity="warn",
            name="columns-documented",
            where=Where("models/a.yml", number, 5),
            help="add `description:`",
            resource="model.shop.fct_a",
            anchor=f"column:{name}",
        )
        for number, name in enumerate(columns, 1)
    )
    findings = Findings(found, resources=1, rules=1)
    text = plain(findings_as_text(findings, excerpts=Excerpts(tmp_path)))
    assert text.startswith(
        "models/a.yml\n"
        "     1:5  warn[columns-documented] fct_a: column c0 has no description\n"
        "          | - name: c0\n"
        "          |   ^^^^^^^^\n"
        "          and 29 more: c1 (2), c2 (3), "
    )
    assert "c20 (21), and 9 more (-v lists them)" in text.replace("\n          ", " ")
    assert text.count("help:") == 1
    assert text.endswith("\n30 warnings in 1 resource (1 rule)")
    every = plain(findings_as_text(findings, say_more=True))
    assert "c29 (30)" in every


def test_text_lists_the_waived_with_their_terms_when_asked() -> None:
    text = plain(findings_as_text(FINDINGS, folder="dbt/", say_more=True))
    assert "  model-has-owner  fct_a: no owner\n" in text
    assert "          until 2027-01-31, growth: old (dbt/models/b.sql:1)\n" in text
    assert "until 2027" not in findings_as_text(FINDINGS)
