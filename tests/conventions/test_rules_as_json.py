import json

from platform_cli.conventions.rule import load_rules
from platform_cli.conventions.rules_as_json import rules_as_json


def test_a_rule_has_its_severity_sentence_and_settings() -> None:
    document = json.loads(rules_as_json(load_rules()))
    assert document["version"] == 1
    by_name = {one["name"]: one for one in document["rules"]}
    assert "### Waive" in by_name["columns-documented"].pop("page")
    assert by_name["columns-documented"] == {
        "name": "columns-documented",
        "severity": "warn",
        "sentence": "The columns of a model in a mart have descriptions.",
        "fix": "automatic",
        "settings": {"in_layers": ["marts"]},
    }
