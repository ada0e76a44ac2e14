"""What tests of the snapshot commands begin with: made once, copied for each."""

import shutil
from pathlib import Path

import pytest

from tests.engine_builders import Step, engine_project, take


@pytest.fixture(scope="session")
def first_taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = engine_project(tmp_path_factory.mktemp("first") / "project")
    take(project, Step("select 1 as id, 'a' as a", "2024-01-01"))
    return project


@pytest.fixture
def one_run(first_taken: Path, tmp_path: Path) -> Path:
    """A project of the engine whose history holds one run of one row."""
    return shutil.copytree(first_taken, tmp_path / "project")
