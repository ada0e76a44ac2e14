"""What stopped a backfill, told without dbt; `test_backfill.py` has the whole command."""

import pytest

from platform_cli.commands._build import exit_code_of
from platform_cli.commands._snapshot._backfill import _next, _of_a_backfill
from platform_cli.dbt_runner import NodeResult, RunResult
from platform_cli.errors import ExitCode

GUARD = """snp: mass_change: 30 of 30 open versions would be changed at once, more than 60.0 %
If that is right, let it through once: platform snapshot --select snp --allow mass-change  \
(plain dbt: --vars '{platform_allow: [mass_change]}')
Nothing was written."""
DISK = 'IO Error: Could not write file "/x/a.duckdb": No space left on device'


def stopped(message: str) -> RunResult:
    node = NodeResult("snapshot.p.snp", "snp", "snapshot", "error", message, path="s.yml")
    return RunResult((node,), 1.0)


def test_the_advice_is_the_command_that_goes_on() -> None:
    result = _of_a_backfill(stopped(GUARD), "snp", "data/ports_2024-02-01.csv")
    message = result.nodes[0].message
    assert result.nodes[0].release == "data/ports_2024-02-01.csv"
    assert "let it through once: platform snapshot backfill snp --allow mass-change\n" in message
    assert _next("snp", result) == (
        "look at the rows that it reads, then: platform snapshot backfill snp"
    )


def test_an_interrupted_one_goes_on() -> None:
    result = RunResult((), 1.0, interrupted=True)
    assert _next("snp", result) == "platform snapshot backfill snp; it goes on where it stopped"


@pytest.mark.parametrize(
    ("message", "code"), [(GUARD, ExitCode.FINDINGS), (DISK, ExitCode.ENVIRONMENT)]
)
def test_a_full_disk_is_no_finding(message: str, code: ExitCode) -> None:
    assert exit_code_of(stopped(message)) == code
