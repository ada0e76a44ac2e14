from tests.fix_builders import described, fix

RULE = "pii-looking-column-needs-classification"
YAML = "models/marts/sales/dim_customers.yml"


def test_the_column_is_marked_for_review(capsys, tmp_path) -> None:
    more = "description: As on the invoice.\n      - name: email\n        data_type: varchar\n        description: x y\n"  # noqa: E501
    changes = described(YAML, "description: As on the invoice.\n", more)
    fixed = fix(capsys, tmp_path, RULE, changes)
    mark = "        config:\n          meta:\n            pii: review\n"
    assert fixed.changed == {YAML: f"{changes[YAML]}{mark}"}
    assert not fixed.left(RULE)
