import pytest

from tests.fix_builders import fix

RULE = "exposure-has-owner-and-contact"
YAML = "models/marts/sales/exposures.yml"
TEXT = """\
exposures:
  - name: invoices
    type: dashboard
    owner:
      name: {name}   # whoever asks
    depends_on: [ref('dim_customers')]
"""
OTHER = """\
  - name: {}
    type: notebook
    owner: {{name: Ann Lee, email: {}}}
    depends_on: [ref('dim_customers')]
"""


def test_the_address_is_that_of_the_group_of_this_name(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: TEXT.format(name="Sales")})
    expected = TEXT.format(name="Sales").replace(
        "# whoever asks\n", "# whoever asks\n      email: sales@example.com\n"
    )
    assert fixed.changed == {YAML: expected}
    assert not fixed.left(RULE)


def test_or_the_one_that_her_other_exposures_have(capsys, tmp_path) -> None:
    text = TEXT.format(name="ann lee") + OTHER.format("a", "ann@x.org")
    fixed = fix(capsys, tmp_path, RULE, {YAML: text + OTHER.format("b", "ann@x.org")})
    assert (fixed.changed[YAML] or "").count("ann@x.org") == 3
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT.format(name="Nobody we know"), "no group and no exposure"),
        (TEXT.format(name='""'), "who owns it"),
        (
            TEXT.format(name="Ann Lee") + OTHER.format("a", "ann@x.org") + OTHER.format("b", "l@x"),
            "no group and no exposure has one address",
        ),
    ],
)
def test_what_nobody_says_or_two_say_otherwise_is_for_a_person(capsys, tmp_path, text, why) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert not fixed.changed
    assert why in fixed.left(RULE)[0]
