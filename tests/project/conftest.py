"""One project with every kind of Jinja, and what dbt says of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli.project.project import Project

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def jinja_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("jinja") / "project"
    shutil.copytree(HERE / "jinja_project", folder)
    return folder


@pytest.fixture(scope="session")
def dbt_says(jinja_folder: Path) -> dict:
    answer = jinja_folder.parent / "truth.json"
    done = subprocess.run(
        [sys.executable, "-P", str(HERE / "dbt_truth.py"), str(jinja_folder), str(answer)],
        capture_output=True,
        text=True,
        check=False,
        cwd=jinja_folder,
        env={**os.environ, "DO_NOT_TRACK": "1"},
    )
    assert answer.is_file(), done.stdout + done.stderr
    return json.loads(answer.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def jinja_project(jinja_folder: Path) -> Project:
    return Project.load(jinja_folder)
