"""`platform build`, and what all commands through dbt have in common."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.builders import tiny_project, write

BROKEN = {
    "models/wrong.sql": "select nocolumn from {{ ref('letters') }}\n",
    "models/after_wrong.sql": "select * from {{ ref('wrong') }}\n",
    "tests/no_a.sql": "select * from {{ ref('fct_letters') }} where letter = 'A'\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("broken"), BROKEN)


def test_a_build_counts_its_nodes_and_names_the_next_command(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "build"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].startswith("build: 3 success, 1 pass in ")
    assert "slowest" in out
    assert "4 of 4" in err
    assert err.splitlines()[-1] == "next: platform preview fct_letters"


def test_quiet_silences_progress(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-q", "-C", str(project), "build", "-s", "letters"]) == 0
    assert capsys.readouterr().err == ""


def test_several_words_may_follow_one_select(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["-C", str(project), "build", "-s", "letters", "stg_letters"]
    assert run([*command, "--output-format", "json"]) == 0
    names = [node["name"] for node in json.loads(capsys.readouterr().out)["nodes"]]
    assert names == ["letters", "stg_letters"]


def test_failures_are_shown_at_the_end_with_place_and_compiled_sql(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken)
    assert run(["build"]) == 1
    out, err = capsys.readouterr()
    assert 'error: model wrong: Binder Error: Referenced column "nocolumn" not found' in out
    assert "--> models/wrong.sql:1" in out
    assert "compiled SQL: target/compiled/tiny/models/wrong.sql:1" in out
    assert "error: test no_a: 1 row that should not be there" in out
    assert "because of wrong: after_wrong" in out
    assert "1 error, 1 fail, 1 skipped" in out.splitlines()[-1]
    assert err.splitlines()[-1] in {
        "next: mend models/wrong.sql, then: platform build --select wrong+",
        "next: platform preview no_a; when it is mended: platform build --select 1+no_a",
    }


def test_after_a_failed_test_its_rows_are_next_and_what_it_tests_is_built_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tiny_project(
        tmp_path, {"tests/no_a.sql": "select * from {{ ref('stg_letters') }} where letter = 'a'"}
    )
    assert run(["-C", str(project), "build"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    first, again = last.removeprefix("next: ").split("; when it is mended: ")
    assert first == "platform preview no_a"
    model = project / "models/stg_letters.sql"
    model.write_text(model.read_text() + " where letter <> 'a'")
    assert run(["-C", str(project), *again.split()[1:]]) == 0
    assert "1 success, " in capsys.readouterr().out


def test_json_says_what_was_skipped_because_of_what(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(broken), "build", "--output-format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["version"], document["outcome"]) == (1, "failed")
    nodes = {node["name"]: node for node in document["nodes"]}
    assert nodes["after_wrong"]["skipped_because"] == ["wrong"]
    assert (nodes["wrong"]["path"], nodes["wrong"]["line"]) == ("models/wrong.sql", 1)


def test_github_gets_annotations(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(broken.parent))
    assert run(["-C", str(broken), "build", "--output-format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        f"::error file={broken.name}/models/wrong.sql,line=1,title=wrong::" in lines[0] + lines[1]
    )


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["fct_leters"], "'fct_leters' does not exist; did you mean 'fct_letters'"),
        (["+fct_leters+1"], "did you mean 'fct_letters'"),
        (["fct_letters+,stg_leters"], "did you mean 'stg_letters'"),
        (["models/fct_leters.sql"], "did you mean 'models/fct_letters.sql'"),
        (["tag:none"], "the tag 'none' does not exist"),
        (["config.materialized:none"], "dbt ls"),
    ],
)
def test_an_empty_selection_is_an_error_with_near_names(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    assert run(["-C", str(project), "build", "-s", *words]) == 2
    assert hint in capsys.readouterr().err


@pytest.mark.parametrize("output_format", ["text", "json", "github"])
def test_words_that_mean_nothing_beside_others_are_said_with_near_names(
    project: Path, capsys: pytest.CaptureFixture[str], output_format: str
) -> None:
    model = project / "models/fct_letters.sql"
    model.write_text("{{ config(tags=['nightly']) }}\n" + model.read_text())
    words = ["letters", "fct_leters", "tag:nigthly", "models/stg_leters.sql", "letters,sgt_letters"]
    command = ["-C", str(project), "build", "-s", *words, "--output-format", output_format]
    assert run(command) == 0
    out = capsys.readouterr().out
    assert "'fct_leters' does not exist; did you mean 'fct_letters'" in out
    assert "the tag 'nigthly' does not exist; did you mean 'nightly'?" in out
    assert "'models/stg_leters.sql' does not exist; did you mean 'models/stg_letters.sql'" in out
    assert "'sgt_letters' does not exist; did you mean 'stg_letters'" in out


def test_nothing_that_differs_from_the_state_is_well(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["-C", str(project), "build"]) == 0
    state = tmp_path / "state"
    (project / "target").rename(state)
    command = ["-C", str(project), "build", "-s", "state:modified", "--state", str(state)]
    assert run(command) == 0
    assert "nothing differs from the state" in capsys.readouterr().err


def test_flags_reach_dbt(project: Path) -> None:
    command = ["-C", str(project), "build", "--exclude", "fct_letters", "--threads", "1"]
    assert run([*command, "--vars", "{a: 1}", "--fail-fast", "--target-path", "other"]) == 0
    args = json.loads((project / "other/run_results.json").read_text())["args"]
    assert args["vars"] == {"a": 1}
    assert args["fail_fast"] is True
    assert args["exclude"] == ["fct_letters"]


def test_a_wrong_target_is_used_wrongly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(project), "build", "-t", "nope", "--target-path", "other"]) == 2
    assert "has no target 'nope'" in capsys.readouterr().err


def test_a_locked_database_names_its_holder(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(project / "tiny.duckdb")
    script = f"import duckdb; c = duckdb.connect({path!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            code = run(["-C", str(project), "build", "--wait", "0"])
        finally:
            holder.communicate(b"\n")
    assert code == 3
    err = capsys.readouterr().err
    assert f"process {holder.pid}" in err
    assert "waiting" not in err


def _platform(project: Path, *words: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "platform_cli", "-C", str(project), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_ctrl_c_stops_the_query_and_says_what_was_finished(tmp_path: Path) -> None:
    slow = (
        "{{ config(materialized='table') }}\n-- depends_on: {{ ref('letters') }}\n"
        "select count(*) as n from range(1000000) a, range(1000000) b"
        " where hash(a.range, b.range) = 1\n"
    )
    project = tiny_project(tmp_path, {"models/z_slow.sql": slow})
    with _platform(project, "build") as process:
        marker = project / "target/run/tiny/models/z_slow.sql"
        deadline = time.monotonic() + 60
        while not marker.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "interrupted; finished before:" in out
    assert "letters" in out
    assert "Traceback" not in err
    assert "leak" not in err
    with _platform(project, "-q", "build", "-s", "letters") as again:
        again.communicate()
    assert again.returncode == 0


@pytest.mark.slow
def test_two_builds_at_once_both_end_well(project: Path) -> None:
    with _platform(project, "build") as one, _platform(project, "build") as other:
        _, first = one.communicate(timeout=120)
        _, second = other.communicate(timeout=120)
    assert (one.returncode, other.returncode) == (0, 0), first + second
    # On a busy machine they may miss each other; that one waits is tested with dbt_runner.
    assert not ("waiting for process" in first and "waiting for process" in second)


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--help"]) == 0
    assert "platform build --select fct_flights+" in capsys.readouterr().out


def test_a_project_without_nodes_has_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tiny_project(tmp_path)
    for name in ("models", "seeds"):
        for file in (project / name).iterdir():
            file.unlink()
    write(project, {"models/.gitkeep": ""})
    assert run(["-C", str(project), "build"]) == 0
    assert "nothing to do" in capsys.readouterr().err
