"""Files of tests: what is written wrongly, and where."""

from pathlib import Path

import pytest

from platform_cli.snapshots.history_tests.read import read_tests
from platform_cli.snapshots.history_tests.written import TestFile
from tests.builders import write

RIGHT = """
snapshot: snp
columns: {a: double}
tests:
- name: one
  columns: {b: date}
  runs:
  - {at: 2024-01-31T12:00:00+02:00, rows: [{a: 1}], columns: {a: integer}}
  - {at: 2024-02-01, rows: [], allow: mass-delete, without: b, expect_refused: empty_source}
  expect: []
"""


def read(folder: Path, text: str | bytes) -> TestFile:
    (file,) = read_tests(write(folder, {"snapshot_tests/deeper/t.yml": text}))
    return file


def test_a_file_without_fault(tmp_path: Path) -> None:
    file = read(tmp_path, RIGHT)
    assert file.problems == ()
    assert (file.path, file.snapshot, file.line) == ("snapshot_tests/deeper/t.yml", "snp", 2)
    (test,) = file.tests
    assert (test.name, test.line, test.columns) == ("one", 5, {"a": "double", "b": "date"})
    first, second = test.runs
    assert (first.at, first.columns) == ("2024-01-31 10:00:00.000000", {"a": "integer"})
    assert (second.allow, second.without, second.refused) == (
        ("mass_delete",),
        ("b",),
        "empty_source",
    )


def test_without_the_folder_there_are_none(tmp_path: Path) -> None:
    assert read_tests(tmp_path) == ()


@pytest.mark.parametrize(
    ("change", "message", "place", "hint"),
    [
        (("snapshot: snp", "snapshop: snp"), "has no key 'snapshop'", "2:1", "'snapshot'?"),
        (("snapshot: snp", ""), "a file of tests needs `snapshot:`", "3:1", "the name of"),
        (("snapshot: snp", "snapshot: [snp]"), "snapshot: must be text", "2:11", ""),
        (("  expect: []", ""), "a test needs `expect:`", "5:3", "`expect: []` for none"),
        (("  expect: []", "  expect:"), "expect: must be a list", "10:10", "`expect: []`"),
        (("  expect: []", "  expect: [1]"), "a row is a mapping", "10:12", "{code: A"),
        (
            ("  expect: []", "  expect: [{a: 2024-13-01}]"),
            "2024-13-01 is no date",
            "10:16",
            "quotes",
        ),
        (("  expect: []", "  expect: [{a: 1, a: 2}]"), "'a' is there twice", "10:19", ""),
        (("- name: one", "- nam: one"), "a test has no key 'nam'", "5:3", "'name'?"),
        (("- name: one", "- name:"), "name: must be text", "5:8", ""),
        (("{b: date}", "b"), "columns: is a mapping", "6:12", "{elevation: double}"),
        (("at: 2024-02-01, ", ""), "a run needs `at:`", "9:5", "2024-01-31"),
        (
            ("at: 2024-02-01", "at: today"),
            "at: 'today' is no date or time",
            "9:10",
            "2024-01-31 12",
        ),
        (("at: 2024-02-01", "at: 5"), "at: '5' is no date or time", "9:10", "2024-01-31 12"),
        (("rows: []", "row: []"), "a run has no key 'row'", "9:22", "'rows'?"),
        (("rows: []", "rows: [{b: 1}]"), "has rows with b, and is without it", "9:5", ""),
        (("mass-delete", "mas_delete"), "there is no guard mas_delete", "9:39", "'mass_delete'?"),
        (("mass-delete", "[clock]"), "there is no guard clock", "9:40", "there are: empty_source"),
        ((": empty_source", ": emty"), "there is no refusal emty", "9:80", "empty_source"),
        ((": empty_source", ": [clock, null_key]"), "for one reason", "9:80", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, change: tuple[str, str], message: str, place: str, hint: str
) -> None:
    assert change[0] in RIGHT
    file = read(tmp_path, RIGHT.replace(*change))
    (problem,) = file.problems
    assert str(problem.where) == f"snapshot_tests/deeper/t.yml:{place}"
    assert message in problem.message
    assert hint in problem.hint


def test_two_tests_of_one_name(tmp_path: Path) -> None:
    test = "- {name: x, runs: [{at: 2024-01-01, rows: []}], expect: []}\n"
    file = read(tmp_path, "snapshot: snp\ntests:\n" + test * 2)
    (problem,) = file.problems
    assert problem.message == "two tests are called 'x'"
    assert str(problem.where) == "snapshot_tests/deeper/t.yml:4"
    assert "line 3" in problem.hint


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("\n\nsnapshot: [a\n", "is not valid YAML", 4),
        (b"snapshot: \xff", "is not UTF-8 text", None),
        ("# nothing\n", "is empty", None),
        ("- a\n", "a file of tests is a mapping", 1),
        ("[" * 100_000, "is nested too deeply", None),
        ("tests: &a [*a]\nsnapshot: snp\n", "a test is a mapping", 1),
    ],
)
def test_a_file_that_is_none(
    tmp_path: Path, text: str | bytes, message: str, line: int | None
) -> None:
    problem = read(tmp_path, text).problems[0]
    assert message in problem.message
    assert problem.where is not None
    assert problem.where.path == "snapshot_tests/deeper/t.yml"
    if line:
        assert problem.where.line == line


def test_a_value_that_holds_itself(tmp_path: Path) -> None:
    file = read(tmp_path, RIGHT.replace("expect: []", "expect: [{a: &a [*a]}]"))
    (problem,) = file.problems
    assert problem.message == "this value holds itself"


def test_rows_can_be_merged(tmp_path: Path) -> None:
    rows = "[&a {a: 1, c: x}, {<<: *a, a: 2}]"
    (test,) = read(tmp_path, RIGHT.replace("rows: [{a: 1}]", f"rows: {rows}")).tests
    _, second = test.runs[0].rows
    assert {name: value.text for name, value in second.items()} == {"a": "2", "c": "x"}
