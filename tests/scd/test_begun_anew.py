"""A history that is gone and let begin anew: nothing of its old life has a say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from platform_cli.cli import run
from tests.engine_builders import Step, engine_project, take
from tests.history_builders import do, query
from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Played, Player

CHECK: Config = {
    "strategy": "check", "unique_key": ["id"], "check_cols": "all", "hard_deletes": "invalidate"
}  # fmt: skip
LOG: Config = {
    "strategy": "change_log", "unique_key": ["id"], "updated_at": "seq",
    "scd": {"delete_when": "value = 'D'"},
}  # fmt: skip


def state(day: int, kind: str, *rows: list[str | None]) -> Batch:
    columns = [("id", "INTEGER"), ("value", kind)]
    return Batch(f"2024-01-{day:02} 00:00:00.000000", columns, list(rows), CHECK)


def events(day: int, *rows: list[str | None]) -> Batch:
    columns = [("id", "INTEGER"), ("value", "VARCHAR"), ("seq", "INTEGER")]
    return Batch(f"2024-01-{day:02} 00:00:00.000000", columns, list(rows), LOG)


def anew(batch: Batch) -> Batch:
    return replace(batch, lost=True, allow=["missing_history"])


OLD_LIFE = [state(3, "VARCHAR", ["1", "a"]), state(4, "VARCHAR", ["1", "nan"])]
CASES = {
    "another_type": [
        *OLD_LIFE,
        anew(state(5, "TIMESTAMP", ["1", "2024-01-01 00:00:00"])),
        state(6, "TIMESTAMP", ["1", "2024-01-02 00:00:00"]),
    ],
    "at_an_earlier_time": [
        *OLD_LIFE,
        anew(state(1, "VARCHAR", ["1", "b"])),
        state(2, "VARCHAR", ["1", "c"]),
    ],
    "events": [
        events(3, ["1", "a", "1"], ["1", "D", "4"]),
        anew(events(5, ["1", "b", "2"])),
        events(6, ["1", "c", "3"]),
    ],
}
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "another_type": [(5, 6), (6, None)],
    "at_an_earlier_time": [(1, 2), (2, None)],
    "events": [(2, 3), (3, None)],
}


@pytest.fixture(scope="module", params=["duckdb", "portable"])
def played(request: pytest.FixtureRequest, player: Player) -> dict[str, list[Played]]:
    return player([Case(name, batches) for name, batches in CASES.items()], request.param)


@pytest.mark.parametrize("name", CASES)
def test_it_is_made_of_its_new_life_alone(name: str, played: dict[str, list[Played]]) -> None:
    runs = played[name]
    assert [(run.refusals, run.crash) for run in runs] == [([], None)] * len(CASES[name])
    assert runs[-1].dump is not None
    names = list(runs[-1].dump.columns)
    found = [dict(zip(names, row, strict=True)) for row in runs[-1].dump.rows]
    bounds = [(day(row["dbt_valid_from"]), day(row["dbt_valid_to"])) for row in found]
    assert sorted(bounds, key=str) == EXPECTED[name]
    assert runs[-1].runs == len(CASES[name])


def day(moment: Any) -> Any:
    return getattr(moment, "day", moment)


@pytest.mark.slow
@pytest.mark.parametrize("loss", ["drop table snp", "delete from snp"])
def test_what_lay_beside_it_is_kept_but_not_gone_back_to(
    loss: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = engine_project(tmp_path)
    for number in (1, 2):
        take(project, Step(f"select 1 as id, {number} as a", f"2024-01-0{number}"))
    do(project, loss)
    do(project, "create or replace table src as select 1 as id, 3 as a")
    snapshot = ["-q", "-C", str(project), "snapshot", "--run-at", "2024-01-01"]
    assert run(snapshot) == 1
    assert run([*snapshot, "--allow", "missing-history"]) == 0
    take(project, Step("select 1 as id, 4 as a", "2024-01-02"))
    assert query(project, "select a from snp order by dbt_valid_from") == [(3,), (4,)]
    assert query(project, "select a from snp__undo_before_3 where undo_action = 'closed'") == [(1,)]
    assert query(project, "select undo_run, a from snp__undo where a is not null") == [(4, 3)]
    capsys.readouterr()
    rewind = ["-C", str(project), "snapshot", "rewind", "snp", "--yes"]
    assert run([*rewind, "2"]) == 1
    assert "run 3 made the history: before it there was none" in capsys.readouterr().err
    assert run([*rewind, "3"]) == 0
    assert query(project, "select a, dbt_valid_to from snp") == [(3, None)]
