import json

from platform_cli.reporting.findings_as_gitlab import findings_as_gitlab
from tests.reporting.findings_examples import FINDINGS, NOTHING


def test_a_finding_has_what_gitlab_asks_for() -> None:
    first, second, third, last, failed = json.loads(findings_as_gitlab(FINDINGS, folder="dbt/"))
    fingerprint = first.pop("fingerprint")
    assert first == {
        "description": "fct_a: no owner",
        "check_name": "model-has-owner",
        "severity": "major",
        "location": {"path": "dbt/models/a b.yml", "lines": {"begin": 3}},
    }
    assert (second["severity"], third["severity"]) == ("minor", "info")
    assert third["location"] == {"path": "/x/a.yml", "lines": {"begin": 1}}
    assert last["check_name"] == "platform"
    assert (failed["check_name"], failed["severity"]) == ("model-has-key", "critical")
    names = {fingerprint, *(one["fingerprint"] for one in (second, third, last, failed))}
    assert len(names) == 5


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(findings_as_gitlab(NOTHING)) == []
