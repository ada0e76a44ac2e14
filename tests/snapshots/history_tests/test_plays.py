"""Which columns and types the source of a test has, and what of the history is compared."""

from pathlib import Path

import duckdb
import pytest

from platform_cli.dbt_runner import SnapshotSource
from platform_cli.snapshots.history_tests.plays import ToPlay, to_play
from platform_cli.snapshots.history_tests.read import read_tests
from tests.builders import write

META = {
    name: name
    for name in ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")
}
SOURCE = SnapshotSource(
    "snapshot.p.snp",
    "snp",
    "snapshots/snp.yml",
    key=("Code",),
    columns=("Code", "seen", "name", "depth", "built"),
    types={"built": "date"},
    known=("code", "name", "depth", "built"),
    numbers=("depth",),
    times=("seen",),
    meta=META | {"dbt_valid_from": "since"},
)


def play(folder: Path, test: str, source: SnapshotSource = SOURCE, columns: str = "{}") -> ToPlay:
    text = f"snapshot: snp\ncolumns: {columns}\ntests:\n- {{name: x, {test}}}\n"
    (file,) = read_tests(write(folder, {"snapshot_tests/t.yml": text}))
    assert file.problems == ()
    return to_play(0, file.tests[0], source)


def types(asked: ToPlay, run: int = 0) -> dict[str, str]:
    with duckdb.connect() as connection:
        described = connection.execute(f"describe {asked.play.runs[run].sql}").fetchall()
    return {name: kind for name, kind, *_ in described}


def run(row: str, more: str = "") -> str:
    return f"runs: [{{at: 2024-01-01, rows: [{row}]{more}}}], expect: []"


def test_columns_are_those_of_the_configuration_and_the_test(tmp_path: Path) -> None:
    asked = play(tmp_path, run("{code: 1, Name: x, other: true}"))
    assert types(asked) == {
        "code": "BIGINT",
        "seen": "TIMESTAMP",
        "Name": "VARCHAR",
        "depth": "DOUBLE",
        "built": "DATE",
        "other": "BOOLEAN",
    }
    assert asked.problems == ()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("1", "~"), "BIGINT"),
        (("1", "1.5"), "DOUBLE"),
        (("2024-01-01", "2024-01-01 10:00:00"), "TIMESTAMP"),
        (("2024-01-01T10:00:00Z",), "TIMESTAMP WITH TIME ZONE"),
        (("x", "NO"), "VARCHAR"),
        (("[1]", "{a: 1}"), "JSON"),
        (("~",), "VARCHAR"),
    ],
)
def test_the_type_that_all_values_have(tmp_path: Path, values: tuple[str, ...], kind: str) -> None:
    rows = ", ".join(f"{{code: 1, other: {value}}}" for value in values)
    assert types(play(tmp_path, run(rows)))["other"] == kind


def test_what_a_run_says_of_types_goes_before_the_test_and_the_file(tmp_path: Path) -> None:
    more = ", columns: {a: float}}, {at: 2024-01-02, rows: []"
    test = run("{code: 1, a: 1, b: 1, c: 1, built: 1}", more)
    test += ", columns: {a: tinyint, b: smallint}"
    asked = play(tmp_path, test, columns="{a: double, B: double, c: hugeint, built: integer}")
    assert [types(asked)[name] for name in ("a", "b", "c", "built")] == [
        "FLOAT",
        "SMALLINT",
        "HUGEINT",
        "INTEGER",
    ]
    assert types(asked, 1)["a"] == "TINYINT"


def test_a_run_without_a_column(tmp_path: Path) -> None:
    assert "depth" not in types(play(tmp_path, run("{code: 1}", ", without: Depth")))


def test_the_rows_of_a_run(tmp_path: Path) -> None:
    asked = play(tmp_path, run("{code: 007, name: \"it's\"}, {code: x, depth: 1, 'a \"b': 2.0}"))
    with duckdb.connect() as connection:
        rows = connection.execute(asked.play.runs[0].sql).fetchall()
    assert rows == [
        ("007", None, "it's", None, None, None),
        ("x", None, None, 1, None, 2.0),
    ]


def test_values_that_a_type_cannot_hold_are_named(tmp_path: Path) -> None:
    asked = play(tmp_path, run("{code: 1}, {code: 2, depth: x, name: y}"), columns="{depth: float}")
    with duckdb.connect() as connection:
        assert connection.execute(asked.play.check).fetchall() == [("0.1.depth",)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{code: 1, nmae: x}", "nothing is known of a column nmae"),
        ("{code: 1}, {code: x}", "column code holds numbers and text"),
    ],
)
def test_columns_that_cannot_be_meant(tmp_path: Path, row: str, message: str) -> None:
    (problem,) = play(tmp_path, run(row)).problems
    assert problem.message == message
    assert str(problem.where) == "snapshot_tests/t.yml:4"


def test_a_type_settles_both(tmp_path: Path) -> None:
    rows = "{code: 1, nmae: x}, {code: x}"
    assert play(tmp_path, run(rows), columns="{code: varchar, nmae: varchar}").problems == ()


def test_columns_of_the_history_by_their_short_or_own_names(tmp_path: Path) -> None:
    expect = "{CODE: 1, valid_from: 2024-01-01}, {since: 2024-01-01, dbt_valid_to: ~}"
    asked = play(tmp_path, run("{code: 1}").replace("expect: []", f"expect: [{expect}]"))
    assert asked.play.columns == ("code", "since", "dbt_valid_to")
    assert asked.named == ((0, 1), (1, 2))
    assert asked.key == (0,)
    assert asked.play.expect == (("'1'", "'2024-01-01'", "null"), ("null", "'2024-01-01'", "null"))


def test_a_column_of_the_source_goes_before_a_short_name(tmp_path: Path) -> None:
    test = run("{code: 1, valid_from: 2}").replace("expect: []", "expect: [{valid_from: 2}]")
    assert play(tmp_path, test).play.columns == ("code", "valid_from")


def test_without_expected_rows_the_key_and_its_time_are_shown(tmp_path: Path) -> None:
    assert play(tmp_path, run("{code: 1}")).play.columns == ("code", "since", "dbt_valid_to")


def test_a_column_that_the_history_cannot_have(tmp_path: Path) -> None:
    test = run("{code: 1}").replace("expect: []", "expect: [{code: 1, valid_form: ~}]")
    (problem,) = play(tmp_path, test).problems
    assert problem.message == "the history has no column valid_form"
    assert "'valid_from'" in problem.hint


def test_a_run_that_says_a_type_itself_is_no_contradiction(tmp_path: Path) -> None:
    asked = play(
        tmp_path,
        "runs: [{at: 2024-01-01, columns: {w: integer}, rows: [{code: 1, w: 1}]},"
        " {at: 2024-01-02, columns: {w: varchar}, rows: [{code: 1, w: x}]}], expect: []",
    )
    assert asked.problems == ()
    assert [types(asked, n)["w"] for n in (0, 1)] == ["INTEGER", "VARCHAR"]
