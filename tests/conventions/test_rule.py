from pathlib import Path

from platform_cli.conventions.rule import RULES, load_rules

TESTS = Path(__file__).parent / "rules"


def test_every_rule_has_a_page_a_test_and_the_name_of_its_file() -> None:
    rules = load_rules()
    assert len(rules) >= 10
    for rule in rules:
        file = rule.name.replace("-", "_")
        assert (RULES / f"{file}.py").is_file()
        assert (TESTS / f"test_{file}.py").is_file()
        assert rule.sentence.endswith(".")
        for section in ("\n## Why\n", "\n## Instead of\n", "\n## Write\n"):
            assert section in rule.page, rule.name
