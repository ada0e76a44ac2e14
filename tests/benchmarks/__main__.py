"""Measure, print each result as it comes, and write RESULTS.md.

python -P -m tests.benchmarks [--only WORD] [--runs N] [--rows N] [--peers DIR] [--dry-run]

With --rows the snapshot benchmarks take so many rows instead of their own number, and nothing
is written. --peers is the folder of the other tools that make models: RESULTS.md says how to
make it.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark, Result
from tests.benchmarks.benchmarks import BENCHMARKS
from tests.benchmarks.measure import alternate
from tests.benchmarks.peer_contest import TOOLS, Entry, entered
from tests.benchmarks.peer_made import Peers
from tests.benchmarks.peer_report import said, update_entries
from tests.benchmarks.report import PAGE, row, update
from tests.benchmarks.scd_benchmarks import CONTESTS
from tests.benchmarks.scd_contest import Contest, Outcome
from tests.benchmarks.scd_report import snapshot_row, update_snapshots

REPOSITORY = Path(__file__).parent.parent.parent
PACKAGE = REPOSITORY / "platform_cli"


def measured(benchmark: Benchmark, runs: int | None) -> Result:
    """The result of one benchmark, on projects that are made for it and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        commands = benchmark.commands(Path(folder))
        ours, *theirs = alternate(commands, runs or benchmark.runs)
    return Result(benchmark, ours, theirs[0] if theirs else None)


def contested(contest: Contest, rows: int | None, runs: int | None) -> Outcome:
    """The outcome of one snapshot benchmark. Raises RuntimeError when the histories differ."""
    with tempfile.TemporaryDirectory() as folder:
        entrants = contest.setup(Path(folder), rows or contest.rows)
        costs = alternate(list(entrants.commands.values()), runs or contest.runs)
        entrants.agree()
    return Outcome(contest, dict(zip(entrants.commands, costs, strict=True)))


def missing(need: str) -> bool:
    """Whether the command, the reader itself, or a folder of the macros does not exist."""
    if need == "project":
        return not (PACKAGE / "project" / "project.py").is_file()
    if (REPOSITORY / "macros" / "scd" / need).is_dir():
        return False
    return not (PACKAGE / "commands" / f"{need}.py").is_file()


def beside(only: str, folder: Path | None) -> list[Entry]:
    """What each tool that is here reaches; only ours without a folder of the others."""
    found = []
    for tool in TOOLS:
        if only not in f"models side by side, {tool.name}":
            continue
        if folder is None and tool != TOOLS[0]:
            print(f"not measured, say with --peers where it is: {tool.name}", file=sys.stderr)
            continue
        try:
            found.append(entered(tool, Peers((folder or Path()).absolute())))
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            print(f"not measured, {error}: {tool.name}", file=sys.stderr)
            continue
        print(said(found[-1]), flush=True)
    return found


def main() -> int:
    """The exit code: 1 when a benchmark could not be run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="those with this word in their name")
    parser.add_argument("--runs", type=int, help="instead of each benchmark's own number")
    parser.add_argument("--rows", type=int, help="instead of each snapshot benchmark's own number")
    parser.add_argument("--peers", type=Path, help="where the tools to compare with are")
    parser.add_argument("--dry-run", action="store_true", help="leave RESULTS.md alone")
    asked = parser.parse_args()
    results: list[Result] = []
    outcomes: list[Outcome] = []
    failed = False
    for benchmark in (*BENCHMARKS, *CONTESTS):
        if asked.only not in benchmark.name:
            continue
        if missing(benchmark.needs):
            print(f"not measured, there is no {benchmark.needs}: {benchmark.name}", file=sys.stderr)
            continue
        try:
            if isinstance(benchmark, Contest):
                outcomes.append(contested(benchmark, asked.rows, asked.runs))
                print(snapshot_row(outcomes[-1]), flush=True)
            else:
                results.append(measured(benchmark, asked.runs))
                print(row(results[-1]), flush=True)
        except (RuntimeError, ImportError) as error:
            failed = True
            print(f"not measured, {error}: {benchmark.name}", file=sys.stderr)
    entries = beside(asked.only, asked.peers)
    if not (asked.dry_run or asked.rows):
        page = PAGE.read_text(encoding="utf-8")
        page = update(page, results, [benchmark.name for benchmark in BENCHMARKS])
        page = update_snapshots(page, outcomes, [contest.name for contest in CONTESTS])
        page = update_entries(page, entries)
        PAGE.write_text(page, encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
