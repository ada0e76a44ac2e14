from datetime import datetime, timedelta

from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "waiver-has-owner-reason-expiry"
YAML = "models/staging/raw/stg_customers.yml"
SQL = "models/staging/raw/stg_customers.sql"
TODAY = datetime.now().astimezone().date()
LATEST = TODAY + timedelta(days=90)
DIM = "models/marts/sales/dim_customers.yml"
NOBODYS = {DIM: FILES[DIM].replace("      group: sales\n      access: public\n", "")}
UNOWNED = FILES[YAML].replace("    config: {group: sales}\n", "")
COMMENT = '-- waive: model-has-owner until={} owner=sales reason="new team"\n'


def test_a_comment_that_is_too_long_ends_on_the_latest_day(capsys, tmp_path) -> None:
    text = COMMENT + FILES[SQL]
    changes = {**NOBODYS, SQL: text.format("2999-01-01"), YAML: UNOWNED}
    assert fix(capsys, tmp_path, RULE, changes).changed == {SQL: text.format(LATEST)}


def test_in_the_yaml_as_well(capsys, tmp_path) -> None:
    terms = '{reason: "new team", until: 2999-01-01, owner: sales}'
    config = f"    config: {{meta: {{platform: {{waive: {{model-has-owner: {terms}}}}}}}}}\n"
    text = UNOWNED.replace("    columns:", f"{config}    columns:")
    fixed = fix(capsys, tmp_path, RULE, {**NOBODYS, YAML: text})
    assert fixed.changed == {YAML: text.replace("2999-01-01", str(LATEST))}


def test_what_is_missing_is_left_to_its_owner(capsys, tmp_path) -> None:
    text = COMMENT.replace("owner=sales ", "").format(LATEST) + FILES[SQL]
    fixed = fix(capsys, tmp_path, RULE, {**NOBODYS, SQL: text, YAML: UNOWNED})
    assert SQL not in fixed.changed
    assert "what is missing is for its owner to say" in fixed.left(RULE)[0]
