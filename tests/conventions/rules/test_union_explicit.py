import pytest

from platform_cli.conventions.rules.union_explicit import union_explicit as rule
from tests.sql_builders import places_in, violations_in, why_undecided

F = "{{ ref('stg_flights') }}"


@pytest.mark.parametrize("by_name", ["", " by name"])
def test_a_plain_union_is_found_at_its_word(tmp_path, by_name) -> None:
    sql = f"select id from {F}\nunion{by_name}\nselect 1 as id"
    assert places_in(tmp_path, rule, sql) == ["2:1 union"]


def test_jinja_in_front_on_the_same_line_does_not_move_the_place(tmp_path) -> None:
    sql = f"select id from {F} {{% if true %}} union {{% endif %}} select 1 as id"
    assert places_in(tmp_path, rule, sql) == [f"1:{sql.index('union') + 1} union"]


@pytest.mark.parametrize("how", ["all", "distinct", "all by name"])
def test_one_that_says_it_is_left_alone(tmp_path, how) -> None:
    assert violations_in(tmp_path, rule, f"select id from {F} union {how} select 1 as id") == []


def test_another_number_of_columns_is_found(tmp_path) -> None:
    sql = f"with a as (select id, code from {F})\nselect * from a\nunion all select 1 as id"
    assert places_in(tmp_path, rule, sql) == ["3:1 union"]
    assert "2 and 1" in violations_in(tmp_path, rule, sql)[0].message


def test_a_number_that_nobody_knows_is_no_finding(tmp_path) -> None:
    assert violations_in(tmp_path, rule, f"select * from {F} union all select 1 as id") == []


def test_two_unions_have_two_anchors(tmp_path) -> None:
    found = violations_in(tmp_path, rule, "select 1 as a union select 2 as a union select 3 as a")
    assert [one.anchor for one in found] == ["union", "union#2"]
    sql = "with a as (select 1 as a union select 2 as a) select a from a"
    assert [one.anchor for one in violations_in(tmp_path, rule, sql)] == ["a/union"]


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    assert why_undecided(tmp_path, rule, "select {{ run_query('x') }}")
