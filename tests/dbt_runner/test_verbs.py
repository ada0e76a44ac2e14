"""dbt's commands as functions, on a real project."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import Options, Progress
from platform_cli.errors import ExitCode, PlatformError
from tests.builders import tiny_project

BROKEN = {
    "models/wrong.sql": "select id,\n  nocolumn\nfrom {{ ref('letters') }}\n",
    "models/after_wrong.sql": "select * from {{ ref('wrong') }}\n",
    "models/after_all.sql": "select * from {{ ref('after_wrong') }}\n",
    "tests/no_a.sql": "select * from {{ ref('stg_letters') }} where letter = 'a'\n",
    "models/after_test.sql": "select * from {{ ref('stg_letters') }}\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dbt_runner.RunResult:
    return dbt_runner.build(tiny_project(tmp_path_factory.mktemp("broken"), BROKEN))


def _unlocked(project: Path) -> bool:
    script = "import duckdb, sys; duckdb.connect(sys.argv[1]).close()"
    command = [sys.executable, "-c", script, str(project / "tiny.duckdb")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_build_reports_every_node_and_its_progress(project: Path) -> None:
    heard: list[Progress] = []
    result = dbt_runner.build(project, on_event=heard.append)
    assert {(node.name, node.status) for node in result.nodes} == {
        ("letters", "success"),
        ("stg_letters", "success"),
        ("fct_letters", "success"),
        ("not_null_fct_letters_id", "pass"),
    }
    done = [one for one in heard if one.status != "started"]
    assert [one.n for one in done] == [1, 2, 3, 4]
    assert {one.of for one in done} == {4}
    fct = next(node for node in result.nodes if node.name == "fct_letters")
    assert fct.path == "models/fct_letters.sql"
    assert (project / fct.compiled_path).is_file()
    assert fct.relation == '"tiny"."main"."fct_letters"'


def test_build_leaves_dbts_artifacts_and_no_log(project: Path) -> None:
    dbt_runner.build(project)
    manifest = json.loads((project / "target/manifest.json").read_text())
    assert manifest["nodes"]["model.tiny.fct_letters"]["compiled"] is True
    results = json.loads((project / "target/run_results.json").read_text())
    assert len(results["results"]) == 4
    assert not (project / "logs").exists()


def test_a_parse_is_not_thrown_away_by_another_command(project: Path) -> None:
    dbt_runner.build(project)
    saved = (project / "target/partial_parse.msgpack").stat().st_mtime_ns
    dbt_runner.compile(project, Options(select=("fct_letters",)))
    dbt_runner.show(project, Options(select=("fct_letters",)))
    assert (project / "target/partial_parse.msgpack").stat().st_mtime_ns == saved


def test_the_database_is_released_after_success_and_failure(project: Path, tmp_path: Path) -> None:
    dbt_runner.build(project)
    assert _unlocked(project)
    with pytest.raises(PlatformError):
        dbt_runner.show(project, Options(inline="select nothing from nowhere"))
    assert _unlocked(project)


def test_show_returns_rows(project: Path) -> None:
    dbt_runner.build(project)
    shown = dbt_runner.show(project, Options(select=("fct_letters",), limit=1))
    assert shown.columns == ("id", "letter")
    assert shown.rows == ((1, "A"),)


def test_show_of_a_query_that_fails_is_an_error(project: Path) -> None:
    with pytest.raises(PlatformError, match="nowhere does not exist"):
        dbt_runner.show(project, Options(inline="select * from nowhere"))


def test_compile_of_one_is_what_dbt_compiles(project: Path) -> None:
    result = dbt_runner.compile(project, Options(select=("fct_letters",)))
    (node,) = result.nodes
    assert node.compiled_code.split() == (
        ["select", "id,", "upper(letter)", "as", "letter", "from", '"tiny"."main"."stg_letters"']
    )


def test_seed_run_test_and_snapshot_do_their_part(project: Path) -> None:
    assert [node.resource_type for node in dbt_runner.seed(project).nodes] == ["seed"]
    assert {node.resource_type for node in dbt_runner.run(project).nodes} == {"model"}
    assert [node.resource_type for node in dbt_runner.test(project).nodes] == ["test"]
    assert dbt_runner.snapshot(project).nodes == ()


def test_a_parsed_project_is_used_again_with_ephemeral_models(tmp_path: Path) -> None:
    project = tiny_project(
        tmp_path,
        {
            "models/stg_letters.sql": "{{ config(materialized='ephemeral') }}\n"
            "select 1 as id, 'a' as letter\n"
        },
    )
    parsed = dbt_runner.parse(project)
    first = dbt_runner.compile(project, Options(select=("fct_letters",)), parsed=parsed)
    again = dbt_runner.compile(project, Options(select=("fct_letters",)), parsed=parsed)
    assert "__dbt__cte__stg_letters as (" in first.nodes[0].compiled_code
    assert again.nodes[0].compiled_code == first.nodes[0].compiled_code
    assert not dbt_runner.run(project, parsed=parsed).failed


def test_a_failing_model_has_its_place(broken: dbt_runner.RunResult) -> None:
    wrong = next(node for node in broken.failed if node.name == "wrong")
    assert wrong.status == "error"
    assert 'column "nocolumn" not found' in wrong.message
    assert not wrong.message.startswith("Runtime Error in model")
    assert (wrong.line, wrong.compiled_line) == (2, 2)


def test_a_failing_test_counts_its_rows(broken: dbt_runner.RunResult) -> None:
    test = next(node for node in broken.failed if node.name == "no_a")
    assert (test.status, test.failures) == ("fail", 1)


def test_a_skipped_node_names_what_made_dbt_skip_it(broken: dbt_runner.RunResult) -> None:
    because = {node.name: node.skipped_because for node in broken.skipped}
    assert because["after_wrong"] == ("wrong",)
    assert because["after_all"] == ("wrong",)
    assert because["after_test"] == ("no_a",)


def test_local_packages_are_installed_when_they_are_not(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/dbt_project.yml").write_text("name: pack\n")
    project = tiny_project(tmp_path / "tiny", {"packages.yml": "packages:\n- local: ../pack\n"})
    assert not dbt_runner.build(project).failed


def test_two_runs_on_one_target_folder_wait_for_each_other(project: Path) -> None:
    results: list[dbt_runner.RunResult] = []
    script = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); input()"
    )
    heard: list[Progress] = []
    lock = project / "target/.platform.lock"
    lock.parent.mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        waiting = threading.Event()

        def hear(progress: Progress) -> None:
            heard.append(progress)
            waiting.set()

        def run() -> None:
            results.append(dbt_runner.seed(project, on_event=hear))

        thread = threading.Thread(target=run)
        thread.start()
        assert waiting.wait(20)
        assert not results
        other.communicate(b"\n")
        thread.join(30)
    assert heard[0].status == "waiting"
    assert [node.status for node in results[0].nodes] == ["success"]


def test_nothing_of_dbts_is_printed(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    dbt_runner.build(project)
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "Running with dbt" not in printed.err


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_a_target_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    project = tiny_project(tmp_path)
    (project / "target").write_text("a file where the folder should be")
    with pytest.raises(PlatformError, match="cannot write its results") as caught:
        dbt_runner.build(project)
    assert caught.value.exit_code is ExitCode.ENVIRONMENT
