"""The macros package, unit-tested by dbt on DuckDB in memory.

Each wrapper model in `project/` calls one macro; its dbt unit tests are named
`<macro>__<behaviour>`.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.macros.project_copy import MACROS, copy_of_the_project, run_dbt, statuses

MUST_FAIL = "valid_history__fails_on_an_overlap"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project of wrapper models, with the package installed."""
    return copy_of_the_project(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="module")
def outcomes(project: Path) -> dict[str, str]:
    """Test name -> status, from one `dbt build` with wrong macro documentation an error."""
    strict = ["--warn-error-options", '{"error": ["InvalidMacroAnnotation"]}']
    leave_out = ["--exclude", "resource_type:snapshot", "tag:built"]
    return statuses(project, run_dbt(project, *strict, "build", *leave_out))


def test_every_test_of_the_macros_passes(outcomes: dict[str, str]) -> None:
    assert {name for name, status in outcomes.items() if status != "pass"} == {MUST_FAIL}


def test_valid_history_fails_on_real_rows_that_overlap(outcomes: dict[str, str]) -> None:
    assert outcomes[MUST_FAIL] == "fail"
    assert outcomes["valid_history__passes_on_the_sound_key"] == "pass"


TAKEN_BY_A_RUN = {"materialization_snapshot_default", "scd_snapshot"}
"""What dbt's unit tests cannot call: tests/scd does."""


@pytest.mark.parametrize(
    "macro", sorted({path.stem for path in MACROS.glob("*/*.sql")} - TAKEN_BY_A_RUN)
)
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
