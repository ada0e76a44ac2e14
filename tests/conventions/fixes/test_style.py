import pytest

from tests.fix_builders import fix

RULE = "style"
SQL = "models/marts/sales/dim_customers.sql"
ON = "check: {rules: {style: info}}\n"
LOWER = "[sqlfluff:rules:capitalisation.keywords]\ncapitalisation_policy = lower\n"
SETTINGS = {
    ".sqlfluff": f"[sqlfluff]\nrules = LT01, LT02, LT04, LT05, LT12, CP01, CP02, AL01\n{LOWER}"
}
FROM = "from {{ ref('stg_customers') }}"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_layout_is_mended_without_any_database(capsys, tmp_path, end) -> None:
    text = (
        f"SELECT customer_id,customer_name{end}from {{{{ref( 'stg_customers')}}}}  c  -- ä,b{end}"
    )
    fixed = fix(capsys, tmp_path, RULE, {SQL: text, **SETTINGS}, settings=ON)
    expected = text.replace("SELECT", "select").replace(",customer", ", customer")
    assert fixed.changed == {SQL: expected.replace("  c ", " as c ")}
    assert not fixed.left(RULE)


def test_the_name_of_a_column_is_not_layout(capsys, tmp_path) -> None:
    text = f"select\n    customer_id,\n    Customer_name\n{FROM}\n"
    fixed = fix(capsys, tmp_path, RULE, {SQL: text, **SETTINGS}, settings=ON)
    assert not fixed.changed
    assert "not fixed: that its rows stay the same is not proven" in fixed.left(RULE)[0]


def test_what_sqlfluff_cannot_mend_is_left_beside_what_it_can(capsys, tmp_path) -> None:
    long = "-- " + "word" * 30
    text = f"select  customer_id, customer_name\n{long}\n{FROM}\n"
    fixed = fix(capsys, tmp_path, RULE, {SQL: text, **SETTINGS}, settings=ON)
    assert fixed.changed == {SQL: text.replace("  ", " ")}
    (left,) = fixed.left(RULE)
    assert "not fixed: sqlfluff has no fix for LT05 here" in left


def test_a_branch_that_is_not_taken_stays_as_it_is(capsys, tmp_path) -> None:
    text = (
        f"select  customer_id, customer_name\n{FROM} c\n"
        "{% if target.name == 'other' %}WHERE  1=1{% endif %}\n"
    )
    fixed = fix(capsys, tmp_path, RULE, {SQL: text, **SETTINGS}, settings=ON)
    assert not fixed.changed
    assert "a file of which Jinja leaves a part out" in fixed.left(RULE)[0]


def test_files_of_mixed_line_ends_are_left(capsys, tmp_path) -> None:
    text = f"select  customer_id, customer_name\r\n{FROM}\n"
    fixed = fix(capsys, tmp_path, RULE, {SQL: text, **SETTINGS}, settings=ON)
    assert not fixed.changed
    assert "line ends are of several kinds" in fixed.left(RULE)[0]


def test_settings_above_the_project_hold_while_mending(capsys, tmp_path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".sqlfluff").write_text(f"[sqlfluff]\nrules = CP01\n{LOWER}")
    text = f"SELECT  customer_id, customer_name\n{FROM}\n"
    fixed = fix(capsys, tmp_path / "inner", RULE, {SQL: text}, settings=ON)
    assert fixed.changed == {SQL: text.replace("SELECT", "select")}
