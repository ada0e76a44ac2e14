from pathlib import Path

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.locate import locate
from tests.read_builders import a_project


def test_the_nearest_project_above_is_found(tmp_path: Path) -> None:
    inner = a_project(tmp_path / "outer" / "inner")
    a_project(tmp_path / "outer")
    (inner / "models" / "deep").mkdir(parents=True)
    assert locate(inner / "models" / "deep") == inner


def test_the_one_project_in_a_child_folder_is_found(tmp_path: Path) -> None:
    child = a_project(tmp_path / "dbt_project")
    (tmp_path / "docs").mkdir()
    assert locate(tmp_path) == child


def test_two_projects_in_child_folders_must_be_chosen_from(tmp_path: Path) -> None:
    a_project(tmp_path / "one")
    a_project(tmp_path / "two")
    with pytest.raises(PlatformError, match="one, two") as caught:
        locate(tmp_path)
    assert "-C one" in caught.value.hint


def test_no_project_anywhere_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match=r"dbt_project\.yml"):
        locate(tmp_path)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match="No such folder"):
        locate(tmp_path / "gone")
