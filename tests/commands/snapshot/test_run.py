"""`platform snapshot` itself: what a program reads."""

import json

import pytest

from platform_cli.cli import run
from tests.builders import write
from tests.engine_builders import engine_project
from tests.history_builders import do

SNAPSHOT = """snapshots:
- name: snp
  relation: source('main', 'src')
  config: {unique_key: id, strategy: check, check_cols: all}
"""


def test_json_has_the_counts_as_numbers(one_run, capsys):
    do(one_run, "insert into src values (2, 'b')")
    capsys.readouterr()
    assert run(["-C", str(one_run), "snapshot", "--output-format", "json"]) == 0
    (snp,) = json.loads(capsys.readouterr().out)["snapshots"]
    assert snp["name"] == "snp"
    assert (snp["counts"]["new"], snp["counts"]["unchanged"]) == (1, 1)
    assert snp["refusals"] == []


def test_a_time_that_cannot_be_read_is_wrong_usage(tmp_path, capsys):
    project = engine_project(tmp_path)
    write(project, {"snapshots/snp.yml": SNAPSHOT})
    assert run(["-C", str(project), "snapshot", "--run-at", "yesterday"]) == 2
    err = capsys.readouterr().err
    assert "--run-at: 'yesterday' is no time" in err
    assert "mend" not in err


def test_a_refusal_points_at_the_snapshot(one_run, capsys):
    do(one_run, "insert into src values (2, 'b'), (2, 'c')")
    capsys.readouterr()
    assert run(["-C", str(one_run), "snapshot"]) == 1
    assert "/snapshots/snp.yml:2\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "more", "step"),
    [
        ("select 1", ["--run-at", "2023-01-01"], "next: choose a later time, then"),
        ("insert into snp from snp", [], "next: platform snapshot verify snp"),
    ],
)
def test_the_file_is_not_blamed_for_the_time_or_the_rows(one_run, capsys, statement, more, step):
    do(one_run, statement)
    capsys.readouterr()
    assert run(["-C", str(one_run), "snapshot", *more]) == 1
    err = capsys.readouterr().err
    assert step in err
    assert "mend snapshots" not in err
