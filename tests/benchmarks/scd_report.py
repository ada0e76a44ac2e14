"""The table of the snapshot benchmarks."""

from collections.abc import Mapping, Sequence

from tests.benchmarks.measure import Cost
from tests.benchmarks.report import with_rows
from tests.benchmarks.scd_contest import DBT, HAND, OURS, PLAIN, START, Outcome

BEGIN, END = "<!-- snapshots -->", "<!-- end of snapshots -->"
_HEAD = (
    "| whole process | ours, CPU s | at most | in plain dbt, CPU s "
    "| by hand, CPU s | dbt's start, CPU s | dbt, CPU s "
    "| ours, peak MB | at most | by hand, peak MB | dbt, peak MB | |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|"
)


def snapshot_row(outcome: Outcome) -> str:
    """One line of the table."""
    costs, limit, memory = outcome.costs, outcome.limit, outcome.contest.memory
    cells = [
        outcome.contest.name,
        _cpu(costs, OURS),
        f"{limit:.2f}" if limit else "",
        _cpu(costs, PLAIN),
        _cpu(costs, HAND),
        _cpu(costs, START),
        _cpu(costs, DBT),
        _memory(costs, OURS),
        f"{memory:.0f}" if memory else "",
        _memory(costs, HAND),
        _memory(costs, DBT),
        "met" if outcome.met else "**missed**",
    ]
    return f"| {' | '.join(cells)} |"


def update_snapshots(page: str, outcomes: Sequence[Outcome], order: Sequence[str]) -> str:
    """The page with these outcomes in it; rows of benchmarks that were not run stay."""
    rows = {outcome.contest.name: snapshot_row(outcome) for outcome in outcomes}
    return with_rows(page, rows, order, _HEAD, (BEGIN, END))


def _cpu(costs: Mapping[str, Cost], name: str) -> str:
    return f"{costs[name].cpu:.2f}" if name in costs else ""


def _memory(costs: Mapping[str, Cost], name: str) -> str:
    return f"{costs[name].memory:.0f}" if name in costs else ""
