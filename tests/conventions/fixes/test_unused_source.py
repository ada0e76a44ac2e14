from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "unused-source"
YAML = "models/staging/raw/_raw__sources.yml"


def test_an_entry_that_says_nothing_is_removed(capsys, tmp_path) -> None:
    text = FILES[YAML] + "      # of the old system\n      - name: Old\n"
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert fixed.changed == {YAML: text.replace("      - name: Old\n", "")}
    assert not fixed.left(RULE)


def test_an_entry_that_says_more_is_left_to_a_person(capsys, tmp_path) -> None:
    text = FILES[YAML] + "      - name: Old\n        description: Of the old system.\n"
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert not fixed.changed
    assert "would that be lost" in fixed.left(RULE)[0]


def test_the_only_table_is_left_to_a_person(capsys, tmp_path) -> None:
    text = "sources:\n  - name: old\n    config: {freshness: null}\n    tables: [{name: t}]\n"
    fixed = fix(capsys, tmp_path, RULE, {"models/old.yml": text})
    assert not fixed.changed
    assert "the only table" in fixed.left(RULE)[0]
