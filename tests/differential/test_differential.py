import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.differential.compare import Comparison, compare
from tests.differential.dbt_manifest import Asked, dbt_manifest
from tests.differential.generate import generate
from tests.differential.manifest_facts import manifest_facts
from tests.differential.table import table

OTHER_VARS = "{use_alternative: true, switch: true, row_limit: 20, team: crew, statuses: [open]}"


def compared(asked: Asked) -> Comparison:
    pytest.importorskip("platform_cli.project.project")
    from tests.differential.read_project import read_project

    manifest = dbt_manifest(asked)
    return compare(manifest_facts(manifest), read_project(asked, "gen"))


@pytest.mark.parametrize(
    ("target", "variables"),
    [
        pytest.param(None, None, id="default"),
        pytest.param("prod", OTHER_VARS, id="prod and vars", marks=pytest.mark.slow),
    ],
)
def test_the_reader_agrees_with_dbt_on_the_small_project(tmp_path, target, variables):
    generate(tmp_path / "project", 60)
    comparison = compared(Asked(tmp_path / "project", target, None, variables))
    assert comparison.wrong == 0, table(comparison)
    assert comparison.edges_decided >= 0.999, table(comparison)


@pytest.mark.slow
def test_the_reader_agrees_with_dbt_on_a_thousand_models(tmp_path):
    generate(tmp_path / "project", 1000)
    comparison = compared(Asked(tmp_path / "project"))
    assert comparison.wrong == 0, table(comparison)
    assert comparison.edges_decided >= 0.999, table(comparison)


@pytest.mark.slow
def test_dbt_builds_the_generated_project(tmp_path: Path):
    root = tmp_path / "project"
    generate(root, 60)
    connection = duckdb.connect(str(root / "gen.duckdb"))
    connection.execute((root / "raw_tables.sql").read_text(encoding="utf-8"))
    connection.close()
    command = [sys.executable, "-P", "-m", "dbt.cli.main", "--no-use-colors", "build"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
