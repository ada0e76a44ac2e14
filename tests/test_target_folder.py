from pathlib import Path

import pytest

from platform_cli.project.project import Project
from platform_cli.target_folder import target_folder
from tests.read_builders import a_project

TARGET = "DBT_TARGET_PATH"
ENGINE = "DBT_ENGINE_TARGET_PATH"


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (TARGET, ENGINE):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("line", "folder"),
    [("", "target"), ("target-path: out", "out"), ("target-path: 'o' # x", "o"), ("[", "target")],
)
def test_the_project_file_says_it_even_when_it_is_broken(
    tmp_path: Path, line: str, folder: str
) -> None:
    (tmp_path / "dbt_project.yml").write_text(f"name: shop\n{line}\n")
    assert target_folder(tmp_path) == tmp_path / folder


def test_the_option_is_stronger_than_the_environment_and_that_than_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dbt_project.yml").write_text("target-path: of_file\n")
    monkeypatch.setenv(TARGET, "of_dbt")
    assert target_folder(tmp_path) == tmp_path / "of_dbt"
    monkeypatch.setenv(ENGINE, "/of/engine")
    assert target_folder(tmp_path) == Path("/of/engine")
    assert target_folder(tmp_path, Path("of_option")) == tmp_path / "of_option"


def test_what_is_remembered_of_a_project_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = a_project(tmp_path / "shop", {"models/a.sql": "select 1"})
    monkeypatch.setenv(TARGET, str(tmp_path / "elsewhere"))
    Project.load(project)
    assert list((tmp_path / "elsewhere" / "platform_cli").glob("project-*"))
    assert not (project / "target").exists()
