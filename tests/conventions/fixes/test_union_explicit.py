from tests.fix_builders import fix

RULE = "union-explicit"
SQL = "models/staging/raw/stg_customers.sql"


def test_a_union_says_what_it_does_without_any_database(capsys, tmp_path) -> None:
    text = "select 7 as customer_id, 'union' as customer_name -- union\nunion\nselect 8, ''\n{}\nselect 9, ''\n"  # noqa: E501
    fixed = fix(capsys, tmp_path, RULE, {SQL: text.format("UNION")})
    expected = text.replace("\nunion\n", "\nunion distinct\n").format("UNION DISTINCT")
    assert fixed.changed == {SQL: expected}
    assert not fixed.left(RULE)


def test_sides_that_differ_are_left_to_a_person(capsys, tmp_path) -> None:
    text = "select 7 as customer_id, '' as customer_name\nunion all\nselect 8, '', 1\n"
    fixed = fix(capsys, tmp_path, RULE, {SQL: text})
    assert not fixed.changed
    assert "which columns belong together" in fixed.left(RULE)[0]
