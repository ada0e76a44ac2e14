import json
from typing import Any

from platform_cli.reporting.findings_as_sarif import findings_as_sarif
from tests.reporting.findings_examples import FINDINGS, NOTHING, PAGES


def run_of(text: str) -> dict[str, Any]:
    document = json.loads(text)
    assert document["version"] == "2.1.0"
    [run] = document["runs"]
    assert run["tool"]["driver"]["name"] == "platform"
    return run


def test_a_finding_has_its_rule_level_place_and_fingerprint() -> None:
    run = run_of(findings_as_sarif(FINDINGS, PAGES, folder="dbt_project/"))
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
    first, second, third, last, _ = run["results"]
    assert (first["ruleId"], first["level"]) == ("model-has-owner", "error")
    [place] = first["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "dbt_project/models/a%20b.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert second["locations"][0]["logicalLocations"] == [
        {"fullyQualifiedName": "model.shop.fct_a.id"}
    ]
    assert (second["level"], third["level"]) == ("warning", "note")
    uri = third["locations"][0]["physicalLocation"]["artifactLocation"]
    assert uri == {"uri": "file:///x/a.yml"}
    assert "locations" not in last
    fingerprints = {one["partialFingerprints"]["ruleResourceAnchor/v1"] for one in run["results"]}
    assert len(fingerprints) == 5


def test_rules_bring_their_pages() -> None:
    rules = run_of(findings_as_sarif(NOTHING, PAGES))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [page.name for page in PAGES]
    assert rules[1]["help"]["markdown"] == "## columns-documented"
    assert rules[1]["defaultConfiguration"] == {"level": "warning"}
    assert rules[1]["shortDescription"] == {"text": "Columns are described."}


def test_what_is_waived_is_suppressed_with_its_reason() -> None:
    *others, last = run_of(findings_as_sarif(FINDINGS, PAGES))["results"]
    assert not [one for one in others if "suppressions" in one]
    [suppression] = last["suppressions"]
    assert suppression["kind"] == "inSource"
    assert suppression["justification"] == "old feed (growth, until 2027-01-31)"


def test_a_rule_that_failed_is_a_notification() -> None:
    [invocation] = run_of(findings_as_sarif(FINDINGS, PAGES))["invocations"]
    assert invocation["executionSuccessful"] is False
    [one] = invocation["toolExecutionNotifications"]
    assert "model-has-key failed about model.shop.fct_c: ValueError: x" in one["message"]["text"]
    [well] = run_of(findings_as_sarif(NOTHING, PAGES))["invocations"]
    assert well == {"executionSuccessful": True, "toolExecutionNotifications": []}
