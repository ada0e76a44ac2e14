"""Small projects that dbt has read once, copied for each test: to read one anew takes seconds."""

import shutil
from pathlib import Path

import pytest

from platform_cli import dbt_runner
from tests.builders import snapshot_project, tiny_project


@pytest.fixture(scope="session")
def parsed_ports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = snapshot_project(tmp_path_factory.mktemp("ports") / "project")
    dbt_runner.parse(project)
    return project


@pytest.fixture
def ports(parsed_ports: Path, tmp_path: Path) -> Path:
    """The project of `snapshot_project`, parsed; nothing is built."""
    return shutil.copytree(parsed_ports, tmp_path / "project")


@pytest.fixture(scope="session")
def built_letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tiny_project(tmp_path_factory.mktemp("letters") / "project")
    assert not dbt_runner.build(project).failed
    return project


@pytest.fixture
def letters(built_letters: Path, tmp_path: Path) -> Path:
    """The project of `tiny_project`, built."""
    return shutil.copytree(built_letters, tmp_path / "project")
