"""The results as a page: the table between two markers, the method around it."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.benchmark import Result

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
PAGE = Path(__file__).parent / "RESULTS.md"
_HEAD = (
    "| whole process | ours, CPU s | dbt, CPU s | ours / dbt "
    "| ours, peak MB | dbt, peak MB | goal | |\n"
    "|---|---:|---:|---:|---:|---:|---|---|"
)


def rows_of(page: str, begin: str = BEGIN, end: str = END) -> dict[str, str]:
    """The rows that are in a table of the page, by the name in their first cell."""
    between = re.search(f"{begin}(.*){end}", page, re.DOTALL)
    lines = between[1].strip().splitlines()[2:] if between else []
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("|")}


def row(result: Result) -> str:
    """One line of the table."""
    ours, theirs, goal = result.ours, result.theirs, result.benchmark.goal
    cells = [
        result.benchmark.name,
        f"{ours.cpu:.3f}",
        f"{theirs.cpu:.3f}" if theirs else "",
        f"{ours.cpu / theirs.cpu:.3f}" if theirs else "",
        f"{ours.memory:.0f}",
        f"{theirs.memory:.0f}" if theirs else "",
        str(goal),
        "met" if goal.met(ours, theirs) else "**missed**",
    ]
    return f"| {' | '.join(cells)} |"


def update(page: str, results: Sequence[Result], order: Sequence[str]) -> str:
    """The page with these results in it; rows of benchmarks that were not run stay."""
    rows = {result.benchmark.name: row(result) for result in results}
    return with_rows(page, rows, order, _HEAD, (BEGIN, END))


def with_rows(
    page: str, new: Mapping[str, str], order: Sequence[str], head: str, markers: tuple[str, str]
) -> str:
    """The page with these rows in the table between two markers, in this order."""
    begin, end = markers
    rows = {name: line for name, line in rows_of(page, begin, end).items() if name in order}
    rows |= new
    table = "\n".join([head, *(rows[name] for name in order if name in rows)])
    (before, _), (_, after) = page.split(begin), page.split(end)
    page = f"{before}{begin}\n{table}\n{end}{after}"
    return re.sub(r"Measured with .*", f"Measured with {_machine()}.", page)


def _machine() -> str:
    names = ("dbt-core", "dbt-duckdb", "duckdb")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    machine = f"{os.cpu_count()} cores ({platform.machine()})"
    return f"{packages}, Python {platform.python_version()}, {machine}"
