"""A copy of the project of wrapper models, and dbt on it in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.builders import MACROS, install_macros

WRAPPERS = Path(__file__).parent / "project"


def run_dbt(
    project: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One dbt command, in a time zone far from UTC."""
    command = [sys.executable, "-P", "-m", "dbt.cli.main", "--no-use-colors", *arguments]
    variables = os.environ | {"TZ": "Asia/Tokyo"} | (environment or {})
    return subprocess.run(
        command, cwd=project, env=variables, capture_output=True, text=True, check=False
    )


def copy_of_the_project(root: Path) -> Path:
    """The project in a new folder under `root`, with the package installed."""
    (root / "macros").symlink_to(MACROS)
    leave_out = shutil.ignore_patterns("target", "logs", "dbt_packages")
    copy = root / "tests" / "macros" / "project"
    shutil.copytree(WRAPPERS, copy, ignore=leave_out)
    install_macros(copy)
    return copy


def statuses(project: Path, ran: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Test name -> status, of the dbt command that just ran. A model that failed is in it too."""
    results = project / "target" / "run_results.json"
    assert results.exists(), ran.stdout
    found = {}
    for row in json.loads(results.read_text())["results"]:
        kind, _, *names = row["unique_id"].split(".")
        if kind == "unit_test":  # unit_test.<project>.<model>.<name>
            found[names[1]] = row["status"]
        elif kind == "test":  # test.<project>.<name>[.<hash>]
            found[names[0]] = row["status"]
        elif row["status"] != "success":
            found[names[0]] = row["message"]
    return found
