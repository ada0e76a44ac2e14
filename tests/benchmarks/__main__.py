"""Measure, print each result as it comes, and write RESULTS.md.

python -P -m tests.benchmarks [--only WORD] [--runs N] [--dry-run]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark, Result
from tests.benchmarks.benchmarks import BENCHMARKS
from tests.benchmarks.measure import alternate
from tests.benchmarks.report import PAGE, row, update

PACKAGE = Path(__file__).parent.parent.parent / "platform_cli"


def measured(benchmark: Benchmark, runs: int | None) -> Result:
    """The result of one benchmark, on projects that are made for it and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        commands = benchmark.commands(Path(folder))
        ours, *theirs = alternate(commands, runs or benchmark.runs)
    return Result(benchmark, ours, theirs[0] if theirs else None)


def missing(need: str) -> bool:
    """Whether the command, or the reader itself, does not exist."""
    if need == "project":
        return not (PACKAGE / "project" / "project.py").is_file()
    return bool(need) and not (PACKAGE / "commands" / f"{need}.py").is_file()


def main() -> int:
    """The exit code: 1 when a benchmark could not be run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="those with this word in their name")
    parser.add_argument("--runs", type=int, help="instead of each benchmark's own number")
    parser.add_argument("--dry-run", action="store_true", help="leave RESULTS.md alone")
    asked = parser.parse_args()
    results, failed = [], False
    for benchmark in BENCHMARKS:
        if asked.only not in benchmark.name:
            continue
        if missing(benchmark.needs):
            print(f"not measured, there is no {benchmark.needs}: {benchmark.name}", file=sys.stderr)
            continue
        try:
            results.append(measured(benchmark, asked.runs))
        except (RuntimeError, ImportError) as error:
            failed = True
            print(f"not measured, {error}: {benchmark.name}", file=sys.stderr)
            continue
        print(row(results[-1]), flush=True)
    if not asked.dry_run:
        page = PAGE.read_text(encoding="utf-8")
        names = [benchmark.name for benchmark in BENCHMARKS]
        PAGE.write_text(update(page, results, names), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
