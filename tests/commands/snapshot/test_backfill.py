"""`platform snapshot backfill`."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.builders import PORTS_HISTORY, guarded_project, in_database, write
from tests.history_builders import do


@pytest.fixture
def project(ports: Path) -> Path:
    return ports


def test_a_backfill_loads_past_extracts_in_order(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 of 3  2024-01-01: 2 new, 0 changed, 0 closed, 0 unchanged",
        "2 of 3  2024-02-01: 1 new, 1 changed, 0 closed, 1 unchanged",
        "3 of 3  2024-03-01: 0 new, 0 changed, 1 closed, 2 unchanged",
    ]
    assert in_database(project, PORTS_HISTORY) == [
        ("A", "Aa", "2024-01-01", "2024-03-01"),
        ("B", "Bb", "2024-01-01", "2024-02-01"),
        ("B", "Bbb", "2024-02-01", None),
        ("C", "Cc", "2024-02-01", None),
    ]


@pytest.mark.slow
def test_a_backfill_goes_on_where_it_stopped_and_never_backwards(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = (project / "data/ports_2024-03-01.csv").rename(project / "late.csv")
    assert run(["-q", "-C", str(project), "snapshot", "backfill", "snp_ports"]) == 0
    late.rename(project / "data/ports_2024-03-01.csv")
    capsys.readouterr()
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == ["1 of 1  2024-03-01: 0 new, 0 changed, 1 closed, 2 unchanged"]
    assert "skipped 2024-01-01: the history already reaches 2024-02-01" in err
    write(project, {"data/ports_2023-01-01.csv": "code,name\nX,x\n"})
    before = in_database(project, PORTS_HISTORY)
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 0
    assert "skipped 2023-01-01" in capsys.readouterr().err
    assert in_database(project, PORTS_HISTORY) == before


@pytest.mark.slow
def test_a_backfill_stops_at_a_bad_release_and_leaves_the_views_as_usual(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    write(project, {"data/ports_2024-02-01.csv": "code,name\nA,a\nA,b\n"})
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == ["1 of 3  2024-01-01: 2 new, 0 changed, 0 closed, 0 unchanged"]
    assert "2 rows share 1 key" in err
    assert in_database(project, "select count(*) from snp_ports") == [(2,)]
    assert in_database(project, "select code from stg_ports order by 1") == [("B",), ("C",)]


def test_json_has_the_counts_of_every_release(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports", "--output-format", "json"]
    assert run(backfill) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["outcome"], said["skipped"]) == (1, "success", [])
    assert [one["date"] for one in said["loaded"]] == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert said["loaded"][1]["counts"] == {
        "new": 1, "changed": 1, "closed": 0, "unchanged": 1, "open": 3, "versions": 4,
    }  # fmt: skip
    assert run(backfill) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["loaded"], len(again["skipped"])) == ([], 3)


def test_json_of_a_backfill_that_stops_halfway_is_whole_and_a_rerun_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = guarded_project(tmp_path)
    good = (project / "data" / "ports_2024-02-01.csv").read_text()
    write(project, {"data/ports_2024-02-01.csv": "code,name\nA,a\nA,b\n"})
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports", "--output-format", "json"]
    assert run(backfill) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["outcome"], said["skipped"], said["error"]) == ("failed", [], None)
    assert [(one["date"], one["counts"]["new"]) for one in said["loaded"]] == [("2024-01-01", 2)]
    (refused,) = said["run"]["snapshots"]
    assert [one["name"] for one in refused["refusals"]] == ["duplicate_key"]
    assert in_database(project, "select count(*) from snp_ports") == [(2,)]
    write(project, {"data/ports_2024-02-01.csv": good})
    assert run(backfill) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["outcome"], again["skipped"]) == ("success", ["2024-01-01"])
    assert [one["date"] for one in again["loaded"]] == ["2024-02-01", "2024-03-01"]
    assert in_database(project, PORTS_HISTORY)[-1] == ("C", "Cc", "2024-02-01", None)
    assert len(in_database(project, PORTS_HISTORY)) == 4


SLOW = """{{ config(materialized='table') }}
select code, name from read_csv('data/ports_{{ var("release") }}.csv', all_varchar = true)
{%- if var('slow', false) and var('release') == '2024-02-01' %}
where (
    select count(*) from range(1000000) as a, range(1000000) as b
    where hash(a.range, b.range) = 1
) >= 0
{%- endif %}
"""


@pytest.mark.slow
def test_json_of_an_interrupted_backfill_is_whole_and_a_rerun_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = guarded_project(tmp_path, {"models/stg_ports.sql": SLOW})
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports", "--output-format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "platform_cli", *backfill, "--vars", "{slow: true}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        sent = project / "target/backfill/run/tiny/models/stg_ports.sql"
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline and process.poll() is None:
            if sent.exists() and "hash(" in sent.read_text():
                break
            time.sleep(0.2)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    said = json.loads(out)
    assert (said["outcome"], said["run"]["outcome"]) == ("interrupted", "interrupted")
    assert [one["date"] for one in said["loaded"]] == ["2024-01-01"]
    assert "Traceback" not in err
    assert run(backfill) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["outcome"], again["skipped"]) == ("success", ["2024-01-01"])
    assert [one["date"] for one in again["loaded"]] == ["2024-02-01", "2024-03-01"]
    assert len(in_database(project, PORTS_HISTORY)) == 4


def test_an_unknown_snapshot_has_near_names(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot", "backfill", "snp_port"]) == 2
    assert "did you mean 'snp_ports'" in capsys.readouterr().err


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["snapshot", "--help"]) == 0
    assert "platform snapshot backfill snp_airports" in capsys.readouterr().out


@pytest.fixture(scope="module")
def loaded_but_one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The first and the last release are loaded; the one between is missing, and given as text."""
    project = guarded_project(tmp_path_factory.mktemp("loaded"))
    late = project / "data" / "ports_2024-02-01.csv"
    content = late.read_text()
    late.unlink()
    assert run(["-q", "-C", str(project), "snapshot", "backfill", "snp_ports"]) == 0
    return project, content


def test_a_release_between_those_on_record_is_a_gap(
    loaded_but_one: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded, content = loaded_but_one
    project = shutil.copytree(loaded, tmp_path / "project", symlinks=True)
    write(project, {"data/ports_2024-02-01.csv": content})
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports"]
    before = in_database(project, "select * from snp_ports order by all")
    capsys.readouterr()
    assert run(backfill) == 1
    err = capsys.readouterr().err
    assert "the release 2024-02-01 was never loaded, but later ones were" in err
    assert "platform snapshot rewind snp_ports 1" in err
    assert in_database(project, "select * from snp_ports order by all") == before
    assert run(["-C", str(project), "snapshot", "rewind", "snp_ports", "1", "--yes"]) == 0
    assert run(backfill) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "1 of 2  2024-02-01: 1 new, 1 changed, 0 closed, 1 unchanged",
        "2 of 2  2024-03-01: 0 new, 0 changed, 1 closed, 2 unchanged",
    ]


def test_what_going_back_behind_a_gap_would_lose_is_said(
    loaded_but_one: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded, content = loaded_but_one
    project = shutil.copytree(loaded, tmp_path / "project", symlinks=True)
    assert run(["-q", "-C", str(project), "snapshot", "--run-at", "2024-04-01"]) == 0
    write(project, {"data/ports_2024-02-01.csv": content})
    capsys.readouterr()
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports"]
    assert run(backfill) == 1
    err = capsys.readouterr().err
    assert "undoes 1 run(s) that no file would load again, of 2024-04-01 00:00:00" in err


def test_a_release_before_the_first_on_record_begins_a_new_history(
    loaded_but_one: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded, content = loaded_but_one
    project = shutil.copytree(loaded, tmp_path / "project", symlinks=True)
    write(project, {"data/ports_2023-12-01.csv": content})
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports"]
    assert run(backfill) == 1
    err = capsys.readouterr().err
    assert "rewind" not in err
    statement = err.split("In the database: ")[1].splitlines()[0]
    do(project, statement)
    command = err.split("Then: platform ")[1].splitlines()[0]
    assert run(["-C", str(project), *command.split()]) == 0
    assert "1 of 3  2023-12-01" in capsys.readouterr().out


def test_a_lost_history_is_loaded_anew_and_a_rerun_goes_on(
    loaded_but_one: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = shutil.copytree(loaded_but_one[0], tmp_path / "project", symlinks=True)
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports"]
    before = in_database(project, PORTS_HISTORY)
    do(project, "drop table snp_ports")
    capsys.readouterr()
    assert run(backfill) == 1
    assert "--allow missing-history" in capsys.readouterr().out
    last = project / "data" / "ports_2024-03-01.csv"
    good = last.read_text()
    last.write_text("code,name\nA,a\nA,b\n")
    assert run([*backfill, "--allow", "missing-history"]) == 1
    last.write_text(good)
    capsys.readouterr()
    assert run(backfill) == 0
    first, *_ = capsys.readouterr().out.splitlines()
    assert first == "1 of 1  2024-03-01: 1 new, 1 changed, 1 closed, 0 unchanged"
    assert in_database(project, PORTS_HISTORY) == before


def test_a_guard_names_the_release_and_is_let_through_for_that_one_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def release(word: str) -> str:
        return "code,name\n" + "".join(f"{n},{word}\n" for n in range(12))

    project = guarded_project(
        tmp_path,
        {f"data/ports_2024-0{n}-01.csv": release(word) for n, word in enumerate("abc", 1)},
    )
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports"]
    assert run(backfill) == 1
    out, err = capsys.readouterr()
    assert "2 of 3  2024-02-01: not loaded" in out
    assert "let it through once: platform snapshot backfill snp_ports --allow mass-change" in out
    assert "look into data/ports_2024-02-01.csv" in out
    assert "platform snapshot --select" not in out + err
    assert "platform snapshot plan" not in out + err
    assert err.rstrip().endswith("then: platform snapshot backfill snp_ports")
    assert run([*backfill, "--allow", "mass-change"]) == 1
    out = capsys.readouterr().out
    assert "1 of 2  2024-02-01: 0 new, 12 changed" in out
    assert "2 of 2  2024-03-01: not loaded" in out
    assert run([*backfill, "--output-format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["stopped_at"] == "2024-03-01"
    assert run([*backfill, "--allow", "mass-change"]) == 0
    assert in_database(project, "select count(*) from snp_ports") == [(36,)]


def test_what_it_says_of_a_history_that_is_newer_than_every_file_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = guarded_project(tmp_path)
    assert run(["-C", str(project), "build"]) == 0
    backfill = ["-C", str(project), "snapshot", "backfill", "snp_ports"]
    assert run(backfill) == 0
    err = capsys.readouterr().err
    statement = err.split("In the database: ")[1].splitlines()[0]
    command = err.split("Then: platform ")[1].splitlines()[0]
    do(project, statement)
    assert run(["-C", str(project), *command.split()]) == 0
    assert len(in_database(project, PORTS_HISTORY)) == 4
    assert in_database(project, "select count(*) from snp_ports_old") == [(2,)]


def test_a_variable_that_nothing_upstream_reads_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set_backfill(project, "files: 'data/ports_{date}.csv', var: relese")
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 2
    err = capsys.readouterr().err
    assert "nothing that snp_ports reads heeds the variable 'relese'" in err
    assert "did you mean 'release'" in err
    assert not (project / "tiny.duckdb").exists()


def test_a_variable_whose_name_is_put_together_at_run_time_can_be_declared_as_read(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = project / "models" / "stg_ports.sql"
    computed = "{% set what = 'rel' %}" + model.read_text().replace('"release"', "what ~ 'ease'")
    model.write_text(computed)
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 2
    err = capsys.readouterr().err
    assert "nothing that snp_ports reads heeds the variable 'release'" in err
    assert "backfill: {var: release, var_is_read: true, ...}" in err
    _set_backfill(project, "files: 'data/ports_{date}.csv', var: release, var_is_read: true")
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 0
    assert len(in_database(project, PORTS_HISTORY)) == 4


def test_an_unknown_key_of_backfill_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set_backfill(project, "fils: 'data/ports_{date}.csv', var: release")
    assert run(["-C", str(project), "snapshot", "backfill", "snp_ports"]) == 2
    err = capsys.readouterr().err
    assert "backfill has no setting 'fils'" in err
    assert "did you mean 'files'" in err


def _set_backfill(project: Path, settings: str) -> None:
    file = project / "snapshots" / "snp_ports.yml"
    before, _ = file.read_text().split("meta:")
    file.write_text(f"{before}meta: {{scd: {{backfill: {{{settings}}}}}}}\n")
