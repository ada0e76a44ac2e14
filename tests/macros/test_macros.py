"""The macros package, unit-tested by dbt on DuckDB in memory.

Each wrapper model in `project/` calls one macro; its dbt unit tests are named
`<macro>__<behaviour>`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

WRAPPERS = Path(__file__).parent / "project"
MACROS = WRAPPERS.parents[2] / "macros"
MUST_FAIL = "valid_history__fails_on_an_overlap"


def run_dbt(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One dbt command in a process of its own, in a time zone far from UTC."""
    command = [sys.executable, "-P", "-m", "dbt.cli.main", "--no-use-colors", *arguments]
    environment = os.environ | {"TZ": "Asia/Tokyo"}
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project of wrapper models, with the package installed."""
    root = tmp_path_factory.mktemp("repository")
    (root / "macros").symlink_to(MACROS)
    leave_out = shutil.ignore_patterns("target", "logs", "dbt_packages")
    copy = root / "tests" / "macros" / "project"
    shutil.copytree(WRAPPERS, copy, ignore=leave_out)
    installed = run_dbt(copy, "deps")
    assert installed.returncode == 0, installed.stdout
    return copy


@pytest.fixture(scope="module")
def outcomes(project: Path) -> dict[str, str]:
    """Test name -> status, from one `dbt build` with wrong macro documentation an error."""
    strict = ["--warn-error-options", '{"error": ["InvalidMacroAnnotation"]}']
    built = run_dbt(project, *strict, "build", "--exclude", "resource_type:snapshot")
    results = project / "target" / "run_results.json"
    assert results.exists(), built.stdout
    statuses = {}
    for row in json.loads(results.read_text())["results"]:
        kind, _, *names = row["unique_id"].split(".")
        if kind == "unit_test":  # unit_test.<project>.<model>.<name>
            statuses[names[1]] = row["status"]
        elif kind == "test":  # test.<project>.<name>[.<hash>]
            statuses[names[0]] = row["status"]
    return statuses


def test_every_test_of_the_macros_passes(outcomes: dict[str, str]) -> None:
    assert {name for name, status in outcomes.items() if status != "pass"} == {MUST_FAIL}


def test_valid_history_fails_on_real_rows_that_overlap(outcomes: dict[str, str]) -> None:
    assert outcomes[MUST_FAIL] == "fail"
    assert outcomes["valid_history__passes_on_the_sound_key"] == "pass"


@pytest.mark.parametrize("macro", sorted(path.stem for path in MACROS.glob("*/*.sql")))
def test_every_macro_has_a_test_named_after_it(macro: str, outcomes: dict[str, str]) -> None:
    assert any(name.startswith(f"{macro}__") for name in outcomes)


def test_run_at_refuses_what_is_not_a_time(project: Path) -> None:
    refused = run_dbt(project, "compile", "-s", "run_at", "--vars", "{platform_run_at: yesterday}")
    assert refused.returncode != 0
    assert "platform_run_at is 'yesterday', which is not a date or a time" in refused.stdout


@pytest.mark.slow
def test_every_version_and_delete_of_a_snapshot_carries_the_time_of_its_run(project: Path) -> None:
    for day in ("2022-04-06", "2022-11-21"):
        variables = json.dumps({"day": day, "platform_run_at": day})
        ran = run_dbt(project, "build", "-s", "+snp_people", "-t", "file", "--vars", variables)
        assert ran.returncode == 0, ran.stdout
    with duckdb.connect(str(project / "history.duckdb"), read_only=True) as connection:
        versions = connection.execute(
            "select person, age, cast(dbt_valid_from as varchar), cast(dbt_valid_to as varchar)"
            " from snp_people order by person, age"
        ).fetchall()
    first, second = "2022-04-06 00:00:00", "2022-11-21 00:00:00"
    assert versions == [
        ("a", 1, first, None),
        ("b", 1, first, second),
        ("b", 2, second, None),
        ("c", 1, first, second),
        ("d", 1, second, None),
    ]
