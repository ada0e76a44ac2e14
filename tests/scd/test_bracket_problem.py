"""Predicates where the engine cannot parse them alone: are their brackets their own?"""

import pytest

from tests.scd.plain_macros import plain_macros


@pytest.mark.parametrize(
    "sql",
    [
        "op = 'D'",
        "(op = 'D' or op in ('T', 'X')) and kinds[1] = 2",
        "op = ')' -- a remark with a (\n",
        "op = 'it''s (' /* ( */ and \"a ) column\" = 1",
        r"op = E'\')' or op = $$)$$ or op = $tag$ ' $tag$",
    ],
)
def test_what_stands_by_itself_is_no_problem(sql: str) -> None:
    assert plain_macros().scd_log_bracket_problem(sql) == ""


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("op = 'D') or (true", "its ) has no ("),
        ("(op = 'D'", "its ( is not closed"),
        ("kinds[1) = 2", "its ) has no ("),
        ("op = 'D", "' does not end, or ends too much"),
        ("true /* and", "/* does not end, or ends too much"),
        ("true; drop table a", "; does not end, or ends too much"),
        (" -- nothing", "it is empty"),
    ],
)
def test_what_does_not_is_said(sql: str, words: str) -> None:
    assert plain_macros().scd_log_bracket_problem(sql) == words
