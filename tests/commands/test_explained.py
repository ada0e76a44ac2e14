"""What dbt says without a line, and what is told instead; real dbt says it in broken_projects."""

from pathlib import Path

import pytest

from platform_cli.commands._explained import explained
from platform_cli.dbt_runner import Options
from platform_cli.errors import ExitCode, PlatformError, Where
from tests.small_project import write_project

DIM = "models/marts/sales/dim_customers.sql"
BROKEN = {DIM: "select 1\nfrom {{ ref('stg_custmers') }}\n"}
TWICE = BROKEN | {"models/marts/sales/fct_new.sql": "select * from {{ source('raw', 'no') }}\n"}


def told(project: Path, error: PlatformError, **options) -> PlatformError:
    """The error that leaves, when dbt stops with this one."""
    with pytest.raises(PlatformError) as raised, explained(project, Options(**options)):
        raise error
    return raised.value


def test_an_error_with_a_line_stays_as_it_is(tmp_path) -> None:
    error = PlatformError("no", where=Where(DIM, 3))
    assert told(write_project(tmp_path, BROKEN), error) is error


def test_an_error_without_a_place_gets_the_one_of_the_reader(tmp_path) -> None:
    better = told(write_project(tmp_path, BROKEN), PlatformError("depends on a node not found"))
    assert str(better.where).startswith(f"{DIM}:2")
    assert "did you mean 'stg_customers'" in better.hint


def test_of_several_the_first_is_told_and_the_others_counted(tmp_path) -> None:
    better = told(write_project(tmp_path, TWICE), PlatformError("depends on a node not found"))
    assert better.hint.splitlines()[-1] == "1 more: platform check"


def test_of_several_the_one_in_the_file_that_dbt_names_is_told(tmp_path) -> None:
    path = "models/marts/sales/fct_new.sql"
    error = PlatformError("depends on a source not found", where=Where(path))
    better = told(write_project(tmp_path, TWICE), error)
    assert str(better.where).startswith(f"{path}:1")
    assert "more: platform check" not in better.hint


def test_an_error_that_the_files_do_not_explain_stays_as_it_is(tmp_path) -> None:
    error = PlatformError("something of dbt's own")
    assert told(write_project(tmp_path), error) is error


def test_a_complaint_about_the_profile_is_not_answered_with_a_model(tmp_path) -> None:
    error = PlatformError("Could not find profile named 'shop'")
    assert told(write_project(tmp_path, BROKEN), error) is error
    wrong = write_project(tmp_path / "2", BROKEN | {"profiles.yml": "other: {outputs: {}}\n"})
    better = told(wrong, PlatformError("Could not find profile named 'shop'"))
    assert "has no profile 'shop'" in better.message


def test_the_target_that_was_asked_for_is_the_one_that_is_read(tmp_path) -> None:
    error = PlatformError("The profile 'shop' does not have a target named 'prod'")
    better = told(write_project(tmp_path), error, target="prod")
    assert "has no target 'prod'" in better.message


def test_a_project_file_that_cannot_be_read_comes_first(tmp_path) -> None:
    project = write_project(tmp_path, BROKEN | {"dbt_project.yml": "name: [\n"})
    better = told(project, PlatformError("Runtime Error"))
    assert better.where is not None
    assert better.where.path == "dbt_project.yml"


def test_all_missing_environment_variables_are_named_at_once(tmp_path, monkeypatch) -> None:
    for name in ("FIRST", "SECOND"):
        monkeypatch.delenv(name, raising=False)
    files = {DIM: "select {{ env_var('FIRST') }},\n {{ env_var('SECOND') }}\n"}
    better = told(write_project(tmp_path, files), PlatformError("Env var required: 'FIRST'"))
    assert f"FIRST ({DIM}:1)" in better.message
    assert f"SECOND ({DIM}:2)" in better.message
    assert str(better.where) == f"{DIM}:1"


def test_a_missing_environment_variable_that_nobody_finds_is_still_told(tmp_path) -> None:
    error = PlatformError("Env var required but not provided: 'X'")
    assert told(write_project(tmp_path), error) is error


def test_a_database_that_is_not_named_is_named(tmp_path) -> None:
    error = PlatformError("the database is damaged", exit_code=ExitCode.ENVIRONMENT)
    better = told(write_project(tmp_path), error)
    assert better.exit_code is ExitCode.ENVIRONMENT
    assert str(better.where) == str(tmp_path / "shop.duckdb")


def test_another_fault_of_the_machine_stays_as_it_is(tmp_path) -> None:
    error = PlatformError("the disk is full", exit_code=ExitCode.ENVIRONMENT)
    assert told(write_project(tmp_path, BROKEN), error) is error


def test_what_is_no_error_of_ours_goes_through(tmp_path) -> None:
    with pytest.raises(KeyboardInterrupt), explained(tmp_path, Options()):
        raise KeyboardInterrupt
