from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "yaml-columns-match-select-list"
YAML = "models/marts/sales/dim_customers.yml"
STG = "create view main.stg_customers as select 7 as customer_id, 'Ada' as customer_name;"


def test_an_entry_that_says_nothing_is_removed_with_its_comments_kept(capsys, tmp_path) -> None:
    text = FILES[YAML].replace(
        "      - name: customer_name",
        "      # once\n      - name: region\n      - name: customer_name",
    )
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert fixed.changed == {YAML: text.replace("      - name: region\n", "")}
    assert not fixed.left(RULE)


def test_an_entry_that_says_something_is_left_to_a_person(capsys, tmp_path) -> None:
    text = FILES[YAML] + "      - name: region\n        description: Where they live.\n"
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert not fixed.changed
    assert "would they be lost" in fixed.left(RULE)[0]


def test_a_misspelt_entry_is_left_to_a_person(capsys, tmp_path) -> None:
    text = FILES[YAML].replace("name: customer_name", "name: custmer_name")
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert not fixed.changed
    assert any("it may be misspelt" in one for one in fixed.left(RULE))


def test_a_column_of_a_contract_is_added_with_its_type(capsys, tmp_path) -> None:
    text = FILES[YAML][: FILES[YAML].index("      - name: customer_name")]
    fixed = fix(capsys, tmp_path, RULE, {YAML: text}, sql=STG)
    assert fixed.changed == {
        YAML: f"{text}      - name: customer_name\n        data_type: varchar\n"
    }
    assert not fixed.left(RULE)
