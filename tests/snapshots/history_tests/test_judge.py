"""Rows of a history against the rows that a test expects."""

import itertools

import pytest

from platform_cli.dbt_runner import Play, Played
from platform_cli.reporting.verdict import Verdict
from platform_cli.snapshots.history_tests.judge import judge
from platform_cli.snapshots.history_tests.plays import ToPlay
from platform_cli.snapshots.history_tests.written import HistoryTest

COLUMNS = (("code", "VARCHAR"), ("name", "VARCHAR"), ("dbt_valid_from", "TIMESTAMP"))
MIDNIGHT = " 00:00:00"


def verdict(expect: list[str], history: list[str], key: tuple[int, ...] = (0,)) -> Verdict:
    """Rows are words; `.` is a cell that nobody names, `-` is NULL."""
    rows = [line.split() for line in expect]
    named = tuple(tuple(i for i, cell in enumerate(row) if cell != ".") for row in rows)

    def texts(row: list[str]) -> tuple[str | None, ...]:
        return tuple(None if cell in {"-", "."} else cell.replace("_", " ") for cell in row)

    lines = tuple(range(10, 10 + len(rows)))
    test = HistoryTest("snp", "it", "snapshot_tests/t.yml", 1, (), (), lines)
    play = Play(0, "snapshot.p.snp", (), tuple(name for name, _ in COLUMNS))
    played = Played(
        0,
        columns=COLUMNS,
        history=tuple(texts(line.split()) for line in history),
        expect=tuple(texts(row) for row in rows),
    )
    return judge(ToPlay(test, play, named, key, ()), played)


def test_rows_in_any_order_with_what_nobody_names_left_out() -> None:
    assert verdict(["B . .", ". x 1"], ["A x 1", "B y 2"]).status == "pass"


def test_every_expected_row_has_a_row_of_its_own() -> None:
    assert verdict(["A . .", "A . ."], ["A x 1"]).message == (
        "the history is not as expected: 1 row is missing"
    )
    assert verdict(["A . ."], ["A x 1", "A x 1"]).message == (
        "the history is not as expected: 1 row is too many"
    )


@pytest.mark.parametrize("order", list(itertools.permutations(["A . .", ". x .", "A x 1"])))
def test_rows_that_fit_several_are_matched_whatever_their_order(order: tuple[str, ...]) -> None:
    assert verdict(list(order), ["A x 1", "A y 2", "B x 3"]).status == "pass"


def test_null_is_not_the_empty_text() -> None:
    assert verdict(["A - 1"], ["A - 1"]).status == "pass"
    assert verdict(["A - 1"], ["A x 1"]).differences[0].differing == (1,)


def test_rows_of_one_key_are_compared_cell_by_cell_the_most_alike_first() -> None:
    first, second = verdict(["A x 1", "A y 2"], ["A q 2", "A x 9"]).differences
    assert (first.expected, first.found, first.differing) == (
        ("A", "x", "1"),
        ("A", "x", "9"),
        (2,),
    )
    assert (second.found, second.differing, second.line) == (("A", "q", "2"), (1,), 11)


def test_rows_of_other_keys_are_missing_and_too_many() -> None:
    found = verdict(["A x 1"], ["B x 1"]).differences
    assert [one.kind for one in found] == ["missing", "too many"]
    assert [one.line for one in found] == [10, None]


def test_midnight_is_shown_as_a_date_in_columns_of_time_only() -> None:
    row = f"A a_{MIDNIGHT.strip()} 2024-01-01_00:00:00"
    (one,) = verdict([], [row]).differences
    assert one.found == ("A", "a 00:00:00", "2024-01-01")
