"""`platform snapshot as-of`."""

import json

import pytest

from platform_cli.cli import run
from tests.history_builders import do, history_project, versions

PORTS = versions(
    "2, 'x', '2024-01-01', '2024-02-01'",
    "1, 'a', '2024-01-01', '2024-02-01'",
    "1, 'b', '2024-02-01', null",
    "3, 'new', '2024-02-01 12:00', null",
)


@pytest.fixture
def project(tmp_path):
    return history_project(tmp_path, PORTS)


def as_of(project, *arguments: str) -> int:
    return run(["-C", str(project), "snapshot", "as-of", *arguments])


@pytest.mark.parametrize(
    ("time", "rows"),
    [
        ("2024-01-01", ["1,a", "2,x"]),
        ("2024-01-31T23:59:59.999999Z", ["1,a", "2,x"]),
        ("2024-02-01", ["1,b"]),
        ("2024-02-01 12:00", ["1,b", "3,new"]),
        ("2024-02-01T12:00:00+02:00", ["1,b"]),
        ("2030-01-01", ["1,b", "3,new"]),
    ],
)
def test_the_rows_are_those_of_that_time(project, capsys, time, rows):
    assert as_of(project, "snp", time, "--output-format", "csv") == 0
    assert capsys.readouterr().out.splitlines() == ["id,a", *rows]


def test_more_rows_than_the_limit_are_said(project, capsys):
    assert as_of(project, "snp", "2024-01-01", "--limit", "1") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[2:] == [" 1  a"]
    assert "first 1 row; --limit shows more" in err
    assert as_of(project, "snp", "2024-01-01", "--limit", "1", "--output-format", "json") == 0
    assert json.loads(capsys.readouterr().out)["more_rows"] is True


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2023-12-31", "its history begins 2024-01-01, so nothing is known of 2023-12-31"),
        ("yesterday", "'yesterday' is no time"),
        ("2024-13-01", "'2024-13-01' is no time"),
        ("2024", "'2024' is no time"),
    ],
)
def test_a_time_of_which_nothing_is_known_is_refused(project, capsys, time, said):
    assert as_of(project, "snp", time) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_deleted_records_are_not_shown(project, capsys):
    do(
        project,
        "alter table snp add column dbt_is_deleted varchar default 'False'",
        "update snp set dbt_is_deleted = 'True' where a = 'b'",
    )
    assert as_of(project, "snp", "2024-02-01", "--output-format", "csv") == 0
    assert capsys.readouterr().out == "id,a\n"


def test_a_time_after_the_last_look_is_noted(project, capsys):
    do(
        project,
        "create table snp__runs as select 1 as run_number, 'r' as run_id, timestamp '2024-03-01'"
        " as run_at, '{}' as settings, null::varchar as columns_before, 0 as new, 0 as returned,"
        " 0 as changed, 0 as closed, 0 as overwritten, 0 as late, 0 as unchanged,"
        " 2 as open_versions, 4 as versions",
    )
    assert as_of(project, "snp", "2024-03-01") == 0
    assert "the last look" not in capsys.readouterr().err
    assert as_of(project, "snp", "2024-03-02") == 0
    assert "the last look was of 2024-03-01" in capsys.readouterr().err


def test_times_that_are_numbers_are_taken_as_numbers(project, capsys):
    for part in ("dbt_valid_from", "dbt_valid_to"):
        do(project, f"alter table snp alter {part} type bigint using epoch({part})::bigint")
    assert as_of(project, "snp", "1704067200", "--output-format", "csv") == 0
    assert capsys.readouterr().out.splitlines() == ["id,a", "1,a", "2,x"]
    assert as_of(project, "snp", "2024-01-01") == 2
    assert "'2024-01-01' is no number" in capsys.readouterr().err


def test_times_with_a_zone_are_compared_in_utc(project, capsys, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    for part in ("dbt_valid_from", "dbt_valid_to"):
        zoned = f"timezone('UTC', {part})"
        do(project, f"alter table snp alter {part} type timestamptz using {zoned}")
    assert as_of(project, "snp", "2024-01-01", "--output-format", "csv") == 0
    assert capsys.readouterr().out.splitlines() == ["id,a", "1,a", "2,x"]


@pytest.mark.parametrize("columns", [("dbt_valid_from",), ("dbt_valid_from", "dbt_valid_to")])
def test_a_column_of_times_that_became_text_is_said(tmp_path, capsys, columns):
    project = history_project(
        tmp_path,
        versions("1, 'a', '2024-01-01', null"),
        *(f"alter table snp alter {one} type varchar" for one in columns),
    )
    assert run(["-C", str(project), "snapshot", "as-of", "snp", "2024-01-02"]) == 1
    err = capsys.readouterr().err
    assert "the column dbt_valid_from is VARCHAR" in err
    assert "the query" not in err
