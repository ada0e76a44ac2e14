"""The snapshot benchmarks run on few rows, and notice histories that differ."""

import sys
from pathlib import Path

import duckdb
import pytest

from tests.benchmarks import scd_sources
from tests.benchmarks.commands import QUIET
from tests.benchmarks.measure import Command, Cost, cost_of
from tests.benchmarks.report import PAGE, rows_of
from tests.benchmarks.scd_benchmarks import CONTESTS
from tests.benchmarks.scd_contest import (
    DBT,
    EARLY,
    HAND,
    OURS,
    PLAIN,
    START,
    Contest,
    Entrants,
    Outcome,
)
from tests.benchmarks.scd_hand import main as by_hand
from tests.benchmarks.scd_report import BEGIN, END, snapshot_row, update_snapshots
from tests.benchmarks.scd_same import agree, fingerprint

TRIED = (
    "snapshot, check, 1M, 1 % changed",
    "snapshot, timestamp that is trusted, 10M, 1 % changed",
    "snapshot, change log, 100k late events into 10M",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIED)
def test_all_take_the_same_history_of_few_rows(tmp_path, name):
    (contest,) = (contest for contest in CONTESTS if contest.name == name)
    entrants = contest.setup(tmp_path, 2000)
    assert set(entrants.commands) - {DBT} == {OURS, PLAIN, HAND, START}
    for command in entrants.commands.values():
        cost_of(command)
    entrants.agree()


def taken_by_hand(file: Path, monkeypatch, kind: str, at: str) -> None:
    monkeypatch.setattr("sys.argv", ["scd_hand", str(file), kind, at])
    by_hand()


def test_the_second_source_is_one_percent_changed(tmp_path):
    file = tmp_path / "raw.duckdb"
    scd_sources.state_sources(file, 100_000)
    with duckdb.connect(str(file)) as connection:
        changed, gone, new = connection.execute("""
            select
                count(*) filter (a.id = b.id and a <> b), count(*) filter (b.id is null),
                count(*) filter (a.id is null)
            from src as a full join src_next as b using (id)
        """).fetchone() or (0, 0, 0)
    assert 900 < changed < 1100
    assert 70 < gone < 130
    assert new == 100


@pytest.mark.parametrize("kind", ["check", "timestamp", "trusted"])
def test_histories_by_hand_end_open_with_the_last_source(tmp_path, monkeypatch, kind):
    file = tmp_path / "raw.duckdb"
    scd_sources.state_sources(file, 10_000)
    taken_by_hand(file, monkeypatch, kind, "2024-11-01 00:00:00")
    before = fingerprint(file)
    scd_sources.next_source(file)
    taken_by_hand(file, monkeypatch, kind, "2024-11-02 00:00:00")
    with duckdb.connect(str(file)) as connection:
        missed = connection.execute(
            "select * from src except select columns(src.*) from snp join src using (id)"
            " where dbt_valid_to is null"
        ).fetchall()
        opened, rows = connection.execute(
            "select count(*) filter (dbt_valid_to is null), (select count(*) from src) from snp"
        ).fetchone() or (0, 1)
    assert not missed
    assert opened == rows
    assert fingerprint(file) != before


def test_late_events_by_hand_end_where_all_at_once_do(tmp_path, monkeypatch):
    late, once = tmp_path / "late.duckdb", tmp_path / "once.duckdb"
    for file in (late, once):
        scd_sources.event_sources(file, 20_000)
    with duckdb.connect(str(once)) as connection:
        connection.execute("insert into src from src_next")
    taken_by_hand(once, monkeypatch, "change_log", "")
    taken_by_hand(late, monkeypatch, "change_log", "")
    with pytest.raises(RuntimeError, match="differ"):
        agree({"late": late, "once": once})
    taken_by_hand(late, monkeypatch, "change_log", "")
    agree({"late": late, "once": once})


def outcome(ours: Cost, **others: Cost) -> Outcome:
    contest = Contest("a", lambda _, __: Entrants({}, lambda: None), 1, 1500)
    return Outcome(contest, {OURS: ours, **others})


def test_the_limit_is_the_hand_written_sql_and_the_start():
    others = {HAND: Cost(5, 1000), START: Cost(4, 200), DBT: Cost(25, 6000)}
    assert outcome(Cost(10, 1500), **others).met
    assert not outcome(Cost(10.1, 1500), **others).met
    assert not outcome(Cost(10, 1501), **others).met
    assert outcome(Cost(6, 1), **{EARLY: Cost(5, 1)}).met
    assert not outcome(Cost(6.1, 1), **{EARLY: Cost(5, 1)}).met


def test_the_table_keeps_the_rows_that_were_not_measured():
    good = outcome(Cost(9, 1400), **{HAND: Cost(5, 1000), START: Cost(4, 200)})
    page = f"{BEGIN}\n{END}\n"
    page = update_snapshots(page, [good], ["a", "b"])
    assert rows_of(page, BEGIN, END) == {"a": snapshot_row(good)}
    assert "| a | 9.00 | 10.00 |  | 5.00 | 4.00 |  | 1400 | 1500 | 1000 |  | met |" in page
    assert update_snapshots(page, [], ["a", "b"]) == page


def test_the_page_holds_only_contests_that_exist():
    page = PAGE.read_text(encoding="utf-8")
    assert set(rows_of(page, BEGIN, END)) <= {contest.name for contest in CONTESTS}


def test_a_run_by_hand_is_a_process_of_its_own(tmp_path):
    file = tmp_path / "raw.duckdb"
    scd_sources.state_sources(file, 10)
    words = ("-P", "-m", "tests.benchmarks.scd_hand", str(file), "check", "2024-11-01 00:00:00")
    cost_of(Command((sys.executable, *words), tmp_path, QUIET))
    assert fingerprint(file)[0] == 10
