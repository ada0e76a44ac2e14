from datetime import datetime, timedelta

from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "unused-or-expired-waiver"
YAML = "models/staging/raw/stg_customers.yml"
SQL = "models/staging/raw/stg_customers.sql"
UNTIL = datetime.now().astimezone().date() + timedelta(days=9)
TERMS = f'until: {UNTIL}, owner: sales, reason: "new team"'
COMMENT = f'-- waive: model-has-owner until={UNTIL} owner=sales reason="new team"\n'


def test_a_waiver_in_the_yaml_is_removed_with_what_held_it(capsys, tmp_path) -> None:
    text = FILES[YAML].replace(
        "config: {group: sales}",
        "config:\n      group: sales\n      # for now\n      meta:\n        platform:\n"
        f"          waive:\n            model-has-owner: {{{TERMS}}}",
    )
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    expected = text[: text.index("      meta:")] + text[text.index("    columns:") :]
    assert fixed.changed == {YAML: expected}
    assert not fixed.left(RULE)


def test_a_waiver_beside_others_goes_alone(capsys, tmp_path) -> None:
    waive = f"{{model-has-owner: {{{TERMS}}}, model-prefix-by-layer: {{{TERMS}}}}}"
    text = FILES[YAML].replace(
        "{group: sales}", f"{{group: sales, meta: {{owner: ada, platform: {{waive: {waive}}}}}}}"
    )
    fixed = fix(capsys, tmp_path, RULE, {YAML: text})
    assert fixed.changed == {
        YAML: FILES[YAML].replace("{group: sales}", "{group: sales, meta: {owner: ada}}")
    }


def test_a_comment_of_its_own_is_removed(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {SQL: f"-- a\n{COMMENT}{FILES[SQL]}"})
    assert fixed.changed == {SQL: f"-- a\n{FILES[SQL]}"}


def test_a_comment_that_says_more_is_left_to_a_person(capsys, tmp_path) -> None:
    two = COMMENT.replace("model-has-owner", "model-has-owner, model-prefix-by-layer")
    fixed = fix(capsys, tmp_path, RULE, {SQL: f"{two}{FILES[SQL]}"})
    assert not fixed.changed
    assert "its comment says more" in fixed.left(RULE)[0]
