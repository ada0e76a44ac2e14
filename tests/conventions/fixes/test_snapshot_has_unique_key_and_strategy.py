import pytest

from tests.fix_builders import described, fix

RULE = "snapshot-has-unique-key-and-strategy"
YAML = "snapshots/snp.yml"
TEXT = """\
snapshots:
  - name: snp
    relation: ref('stg_customers')
    description: Customers as they were.
    config:
      {}
      hard_deletes: ignore
"""


def test_the_key_is_the_one_that_is_tested_of_what_it_reads(capsys, tmp_path) -> None:
    text = TEXT.format("strategy: check\n      check_cols: [customer_name]   # all there is")
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert fixed.changed == {YAML: f"{text}      unique_key: customer_id\n"}
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    ("key", "strategy"), [("check_cols: [customer_name]", "check"), ("updated_at: at", "timestamp")]
)
def test_the_strategy_is_the_one_that_reads_what_is_set(capsys, tmp_path, key, strategy) -> None:
    text = TEXT.format(f"unique_key: customer_id\n      {key}")
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert fixed.changed == {YAML: f"{text}      strategy: {strategy}\n"}
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ("unique_key: customer_id", "how a change shows"),
        ("unique_key: customer_id\n      strategy: timestamp", "how a change shows"),
        (
            "unique_key: customer_id\n      updated_at: at\n      check_cols: [customer_name]",
            "how a change shows",
        ),
    ],
)
def test_what_can_mean_two_things_is_for_a_person(capsys, tmp_path, config, why) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: TEXT.format(config)})
    assert not fixed.changed
    assert why in fixed.left(RULE)[0]


def test_without_a_tested_key_nobody_guesses(capsys, tmp_path) -> None:
    path = "models/staging/raw/stg_customers.yml"
    changes = described(path, "[unique, not_null]", "[not_null]")
    text = TEXT.format("strategy: check\n      check_cols: [customer_name]")
    fixed = fix(capsys, tmp_path, RULE, {YAML: text, **changes})
    assert YAML not in fixed.changed
    assert "has no key, or several" in fixed.left(RULE)[0]
