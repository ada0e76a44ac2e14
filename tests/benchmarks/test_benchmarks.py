"""The tools of the benchmarks measure and write what they say."""

import resource
import sys
from pathlib import Path

import pytest

from tests.benchmarks.benchmark import Benchmark, Goal, Result
from tests.benchmarks.measure import RSS_UNIT, Command, Cost, alternate, cost_of
from tests.benchmarks.report import BEGIN, END, PAGE, rows_of, update


def python(program: str, **more) -> Command:
    return Command((sys.executable, "-I", "-S", "-c", program), Path(), {}, **more)


def test_work_costs_more_than_nothing_and_memory_is_in_megabytes():
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / 1e6
    nothing = cost_of(python("pass"))
    work = cost_of(python("b = bytearray(100_000_000); [i * i for i in range(3_000_000)]"))
    assert work.cpu > nothing.cpu
    # A child's peak counts from what its parent held, and this one may have run many tests.
    assert 100 < work.memory < max(500, held + 1)
    assert nothing.memory < max(500, held + 1)


def test_children_count():
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"
    assert cost_of(python(child)).cpu > cost_of(python("pass")).cpu + 0.05


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(RuntimeError, match="ended with 3"):
        cost_of(python("raise SystemExit(3)"))
    cost_of(python("raise SystemExit(3)", accepted=(3,)))
    with pytest.raises(RuntimeError, match="ended with 0"):
        cost_of(python("print('nothing')", says="something"))


def test_commands_take_turns_and_each_round_is_prepared(tmp_path):
    seen = []
    first = python("pass", prepare=lambda: seen.append(1))
    second = python("pass", prepare=lambda: seen.append(2))
    assert len(alternate([first, second], runs=2)) == 2
    assert seen == [1, 2, 1, 2, 1, 2]


def result(name: str, cpu: float) -> Result:
    benchmark = Benchmark(name, lambda _: (), Goal(seconds=1.0, ratio=0.5))
    return Result(benchmark, Cost(cpu, 50), Cost(2.0, 100))


def test_a_new_result_replaces_its_row_and_leaves_the_others():
    page = f"before\n{BEGIN}\n{END}\nMeasured with x.\nafter\n"
    page = update(page, [result("a", 0.9), result("b", 1.1)], ["a", "b"])
    page = update(page, [result("b", 0.4)], ["a", "b"])
    rows = rows_of(page)
    assert list(rows) == ["a", "b"]
    assert "| 0.900 | 2.000 | 0.450 | 50 | 100 | ≤ 1.0 s, ≤ 0.5 × dbt | met |" in rows["a"]
    assert rows["b"].startswith("| b | 0.400")
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "duckdb" in page


def test_a_missed_goal_is_said():
    page = update(f"{BEGIN}{END}", [result("a", 1.2)], ["a"])
    assert "**missed**" in page


def test_the_page_holds_only_benchmarks_that_exist():
    from tests.benchmarks.benchmarks import BENCHMARKS

    assert set(rows_of(PAGE.read_text(encoding="utf-8"))) <= {each.name for each in BENCHMARKS}
