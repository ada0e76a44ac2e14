"""Broken projects: the message, the place, and the next step, never a traceback."""

from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import Options
from platform_cli.errors import ExitCode, PlatformError
from tests.builders import tiny_project, write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("tiny"))


@pytest.mark.parametrize(
    ("name", "text", "message", "place", "hint"),
    [
        (
            "models/new.sql",
            "select 1\nfrom {{ ref('fct_leters') }}",
            "depends on a node named 'fct_leters'",
            "models/new.sql:2",
            "did you mean 'fct_letters'",
        ),
        ("models/new.sql", "\nselect {{ 1 + }}", "unexpected 'end of print", "models/new.sql:", ""),
        ("models/new.sql", "select {% if a %} 1", "Unexpected end of", "models/new.sql:1", ""),
        (
            "models/new.yml",
            "models:\n- name: a\n   b: [\n",
            "not valid YAML",
            "models/new.yml:3:",
            "indentation",
        ),
        (
            "models/new.yml",
            "models: [{name: a, columns: x}]",
            "Invalid models",
            "models/new.yml",
            "",
        ),
        ("models/x/stg_letters.sql", "select 1", "two models with the name", "models/", ""),
        (
            "packages.yml",
            "packages: [{package: a/b, version: 1.0.0}]",
            "package(s)",
            "",
            "dbt deps",
        ),
        ("profiles.yml", "other: {}", "Could not find profile", "", "add it to profiles.yml"),
        ("dbt_project.yml", "name: [", "", "", ""),
    ],
)
def test_a_broken_file_is_explained(
    project: Path, *, name: str, text: str, message: str, place: str, hint: str
) -> None:
    file = project / name
    before = file.read_text() if file.exists() else None
    write(project, {name: text})
    try:
        with pytest.raises(PlatformError) as caught:
            dbt_runner.parse(project)
    finally:
        file.unlink() if before is None else file.write_text(before)
    assert message in caught.value.message
    assert str(caught.value.where or "").startswith(place)
    assert hint in caught.value.hint
    assert caught.value.exit_code is ExitCode.USAGE
    assert "Traceback" not in caught.value.message


def test_a_copy_of_the_project_in_a_folder_of_its_own_is_not_meant(tmp_path: Path) -> None:
    broken = "models:\n- name: a\n   b: [\n"
    files = {"models/schema.yml": broken, "old/models/schema.yml": broken}
    with pytest.raises(PlatformError) as caught:
        dbt_runner.parse(write(tiny_project(tmp_path), files))
    assert str(caught.value.where).startswith("models/schema.yml:3:")


def test_a_missing_profiles_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    project = tiny_project(tmp_path / "tiny")
    (project / "profiles.yml").unlink()
    with pytest.raises(PlatformError, match=r"no profiles\.yml"):
        dbt_runner.parse(project)


def test_an_unknown_target_lists_the_known_ones(project: Path) -> None:
    with pytest.raises(PlatformError, match="does not have a target named 'nope'") as caught:
        dbt_runner.parse(project, Options(target="nope", target_path=project / "other"))
    assert "dev" in caught.value.message


def test_a_database_that_is_none_is_explained(project: Path) -> None:
    database = project / "tiny.duckdb"
    database.write_text("")
    try:
        with pytest.raises(PlatformError, match="not a DuckDB file") as caught:
            dbt_runner.run(project)
    finally:
        database.unlink()
    assert caught.value.exit_code is ExitCode.ENVIRONMENT


def test_a_missing_environment_variable_is_named(project: Path) -> None:
    write(project, {"models/env.sql": "select '{{ env_var(\"NO_SUCH_ONE\") }}' as a"})
    try:
        with pytest.raises(PlatformError, match="NO_SUCH_ONE") as caught:
            dbt_runner.parse(project)
    finally:
        (project / "models/env.sql").unlink()
    assert "environment variable" in caught.value.hint
