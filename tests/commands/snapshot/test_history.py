"""`platform snapshot history`."""

import json
import subprocess
import sys

import pytest

from platform_cli.cli import run
from tests.history_builders import history_project, versions

PORTS = versions(
    "1, 'a', '2024-01-01', '2024-02-01'",
    "1, 'b', '2024-02-01', '2024-03-01'",
    "1, 'b', '2024-04-01', null",
    "2, 'x', '2024-01-01', '2024-05-01'",
)


@pytest.fixture
def project(tmp_path):
    return history_project(tmp_path, PORTS)


def history(project, *arguments: str) -> int:
    return run(["-C", str(project), "snapshot", "history", *arguments])


def test_versions_are_shown_with_what_changed_and_when_it_was_not_there(project, capsys):
    assert history(project, "snp", "1") == 0
    assert capsys.readouterr().out.splitlines() == [
        "snp  1  3 versions, open since 2024-04-01",
        "",
        "valid from  to           a",
        "2024-01-01  2024-02-01   a",
        "2024-02-01  2024-03-01  *b",
        "2024-03-01  2024-04-01  -- not there",
        "2024-04-01  (open)       b",
        "",
        "* differs from the version above",
    ]


def test_a_key_below_zero_goes_after_two_dashes(project, capsys):
    assert history(project, "snp", "-5") == 2
    assert "goes last: platform snapshot history ... -- -5" in capsys.readouterr().err
    assert history(project, "snp", "--", "-5") == 2
    assert "no version of id = -5" in capsys.readouterr().err


def test_a_key_that_ended_says_so(project, capsys):
    assert history(project, "snp", "2") == 0
    out = capsys.readouterr().out
    assert "1 version, ended 2024-05-01" in out
    assert "2024-05-01              -- not there" in out


def test_json_holds_every_version(project, capsys):
    assert history(project, "snp", "1", "--output-format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == 1
    assert [one["changed"] for one in found["versions"]] == [[], ["a"], []]
    assert [one["valid_to"] for one in found["versions"]][-1] is None


def test_csv_holds_the_rows_as_they_are(project, capsys):
    assert history(project, "snp", "2", "--output-format", "csv") == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head == "id,a,dbt_scd_id,dbt_updated_at,dbt_valid_from,dbt_valid_to"
    assert row.startswith("2,x,")


@pytest.mark.parametrize("key", ["3", "one"])
def test_an_unknown_key_names_the_nearest(project, capsys, key):
    assert history(project, "snp", key) == 2
    err = capsys.readouterr().err
    assert f"snp has no version of id = {key}" in err
    assert "the nearest keys are: 1; 2" in err


def test_an_unknown_snapshot_names_the_nearest(project, capsys):
    assert history(project, "snb", "1") == 2
    assert "did you mean 'snp'?" in capsys.readouterr().err


def test_a_snapshot_without_a_table_names_the_command(tmp_path, capsys):
    project = history_project(tmp_path, "create table other as select 1 as a")
    assert history(project, "snp", "1") == 1
    err = capsys.readouterr().err
    assert "snp has no history yet" in err
    assert "platform snapshot --select snp" in err


def test_no_database_names_the_command(tmp_path, capsys):
    assert history(history_project(tmp_path), "snp", "1") == 1
    assert "there is no database yet" in capsys.readouterr().err


def test_a_table_that_is_no_history_is_said(tmp_path, capsys):
    project = history_project(tmp_path, "create table snp as select 1 as id, 'a' as a")
    assert history(project, "snp", "1") == 1
    assert "has no column dbt_scd_id" in capsys.readouterr().err


COMPOSITE = "unique_key: [code, year], strategy: check, check_cols: all"


@pytest.mark.parametrize("words", [["LAX", "2013"], ["LAX, 2013"]])
def test_a_key_of_two_columns(tmp_path, capsys, words):
    table = versions("'LAX', 2013, 1, '2024-01-01', null", columns="code, year, fare")
    project = history_project(tmp_path, table, config=COMPOSITE)
    assert history(project, "snp", *words) == 0
    assert capsys.readouterr().out.startswith("snp  LAX, 2013  1 version")


def test_a_part_of_the_key_that_is_missing_is_said(tmp_path, capsys):
    table = versions("'LAX', 2013, 1, '2024-01-01', null", columns="code, year, fare")
    project = history_project(tmp_path, table, config=COMPOSITE)
    assert history(project, "snp", "LAX") == 2
    err = capsys.readouterr().err
    assert "a key of snp has 2 parts (code, year), and 1 are given" in err


NEW_RECORD = (
    "unique_key: id, strategy: check, check_cols: all, hard_deletes: new_record,"
    " dbt_valid_to_current: \"timestamp '9999-12-31'\","
    " snapshot_meta_column_names: {dbt_valid_to: ended_at}"
)


def test_deleted_records_and_renamed_columns_are_understood(tmp_path, capsys):
    project = history_project(
        tmp_path,
        versions(
            "1, 'a', '2024-01-01', '2024-02-01'",
            "1, 'a', '2024-02-01', '9999-12-31'",
        ),
        "alter table snp add column dbt_is_deleted varchar default 'False'",
        "update snp set dbt_is_deleted = 'True' where dbt_valid_from = '2024-02-01'",
        "alter table snp rename dbt_valid_to to ended_at",
        config=NEW_RECORD,
    )
    assert history(project, "snp", "1") == 0
    out = capsys.readouterr().out
    assert "1 version, deleted since 2024-02-01" in out
    assert "2024-02-01              -- deleted" in out


def test_what_only_dbt_can_tell_is_asked_of_dbt(tmp_path, capsys):
    config = "unique_key: \"{{ var('key', 'i' ~ modules.re.sub('x', 'd', 'x')) }}\","
    project = history_project(tmp_path, PORTS, config=f"{config} strategy: check, check_cols: all")
    assert history(project, "snp", "1") == 0
    assert capsys.readouterr().out.startswith("snp  1  3 versions")


def test_who_holds_the_file_is_said(project, capsys):
    file = project / "tiny.duckdb"
    script = f"import duckdb; c = duckdb.connect({str(file)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        try:
            code = history(project, "snp", "1")
        finally:
            holder.communicate(b"\n")
    assert code == 3
    assert f"process {holder.pid}" in capsys.readouterr().err


EXPRESSION = "unique_key: \"date_trunc('hour', seen_at)\", strategy: check, check_cols: [a]"
SEEN = versions(
    "'2024-01-01 20:10:00+00'::timestamptz, 'a', '2024-01-01', '2024-02-01'",
    "'2024-01-01 20:20:00+00'::timestamptz, 'b', '2024-02-01', null",
    columns="seen_at, a",
)


@pytest.mark.parametrize(
    "key", ["2024-01-01 20:00:00+00", "2024-01-01T20:00:00Z", "2024-01-01 21:00:00+01:00"]
)
def test_a_key_that_is_an_expression_over_a_time_with_a_zone(tmp_path, capsys, key):
    project = history_project(tmp_path, SEEN, config=EXPRESSION)
    assert history(project, "snp", key) == 0
    assert "2 versions, open since 2024-02-01" in capsys.readouterr().out
    assert history(project, "snp", "soon") == 2
    assert "the nearest keys are: 2024-01-01 20:00:00+00" in capsys.readouterr().err
