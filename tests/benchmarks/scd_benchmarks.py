"""The snapshot benchmarks."""

import multiprocessing
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import duckdb

from tests.benchmarks import scd_sources
from tests.benchmarks.commands import QUIET, dbt, platform
from tests.benchmarks.measure import Command, cost_of
from tests.benchmarks.scd_contest import DBT, EARLY, HAND, OURS, PLAIN, START, Contest, Entrants
from tests.benchmarks.scd_projects import DATABASE, run_at, snapshot_project
from tests.benchmarks.scd_same import agree

_FIRST, _SECOND = "2024-11-01 00:00:00", "2024-11-02 00:00:00"


def _apart(function: Callable[..., None], *given: object) -> None:
    """Call it in a process of its own: a child's peak memory counts from what its parent held."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(function, *given).result()


class _Entrant:
    """A folder with a database that each run gets anew, and what works on it."""

    def __init__(self, folder: Path, name: str, kind: str) -> None:
        self.folder, self.name, self.kind = folder / name, name, kind
        self.file, self.base = self.folder / DATABASE, self.folder / "base.duckdb"
        self.folder.mkdir(parents=True)
        if name != HAND:
            snapshot_project(self.folder, kind, ours=name in (OURS, PLAIN, EARLY))

    def command(self, at: str | None, prepare: Callable[[], None] = lambda: None) -> Command:
        """One run at a time; None: now."""
        if self.name != HAND:
            run_at(self.folder, at)
            start = platform if self.name in (OURS, EARLY) else dbt
            return start(self.folder, "snapshot", prepare=prepare)
        words = ("-m", "tests.benchmarks.scd_hand", str(self.file), self.kind, str(at))
        return Command((sys.executable, "-P", *words), self.folder, QUIET, prepare)

    def measured(self, at: str | None) -> Command:
        """One run from the state that the file is in now."""
        self.file.rename(self.base)
        return self.command(at, partial(shutil.copyfile, self.base, self.file))


def _entrants(folder: Path, kind: str, names: tuple[str, ...], raw: Path) -> list[_Entrant]:
    made = [_Entrant(folder, name, kind) for name in names]
    for entrant in made:
        shutil.copyfile(raw, entrant.file)
    raw.unlink()
    return made


def _contest(entrants: list[_Entrant], at: str, start: Command | None = None) -> Entrants:
    commands = {entrant.name: entrant.measured(at) for entrant in entrants}
    files = {entrant.name: entrant.file for entrant in entrants}
    return Entrants(commands | ({START: start} if start else {}), partial(_apart, agree, files))


def _start(folder: Path) -> Command:
    """dbt's own snapshot of one row that did not change."""
    raw = folder / DATABASE
    _apart(scd_sources.state_sources, raw, 1)
    (entrant,) = _entrants(folder / START, "check", (DBT,), raw)
    _apart(scd_sources.same_source, entrant.file)
    cost_of(entrant.command(_FIRST))
    return entrant.measured(_SECOND)


def _first(folder: Path, rows: int, kind: str) -> Entrants:
    start = _start(folder)
    raw = folder / DATABASE
    sources = scd_sources.event_sources if kind == "change_log" else scd_sources.state_sources
    _apart(sources, raw, rows)
    _apart(scd_sources.same_source, raw)
    names = (OURS, PLAIN, HAND) if kind == "change_log" else (OURS, PLAIN, HAND, DBT)
    return _contest(_entrants(folder, kind, names, raw), _FIRST, start)


def _second(folder: Path, rows: int, kind: str, change: Callable[[Path], None]) -> Entrants:
    start = _start(folder)
    raw = folder / DATABASE
    _apart(scd_sources.state_sources, raw, rows)
    entrants = _entrants(folder, kind, (OURS, PLAIN, HAND, DBT), raw)
    for entrant in entrants:
        cost_of(entrant.command(_FIRST))
        _apart(change, entrant.file)
    return _contest(entrants, _SECOND, start)


def _late(folder: Path, rows: int) -> Entrants:
    start = _start(folder)
    raw = folder / DATABASE
    _apart(scd_sources.event_sources, raw, rows)
    entrants = _entrants(folder, "change_log", (OURS, PLAIN, HAND), raw)
    for entrant in entrants:
        cost_of(entrant.command(_FIRST))
        if entrant.name != HAND:
            _apart(scd_sources.next_source, entrant.file)
    return _contest(entrants, _SECOND, start)


def _after(folder: Path, rows: int, runs: int) -> Entrants:
    """Ours after so many runs, each with 1 % changed, against ours after one."""
    raw = folder / DATABASE
    _apart(scd_sources.state_sources, raw, rows)
    _apart(scd_sources.same_source, raw)
    late, early = _entrants(folder, "check", (OURS, EARLY), raw)
    for entrant, taken in ((late, runs), (early, 1)):
        for step in range(taken):
            cost_of(
                entrant.command(None, partial(_apart, scd_sources.change_some, entrant.file, step))
            )
        _apart(scd_sources.change_some, entrant.file, runs)
    commands = {entrant.name: entrant.measured(None) for entrant in (late, early)}
    return Entrants(commands, partial(_apart, _one_open_version_each, late.file, rows))


def _one_open_version_each(file: Path, rows: int) -> None:
    query = "select count(*), count(distinct id) from snp where dbt_valid_to is null"
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(query).fetchone()
    if found != (rows, rows):
        raise RuntimeError(f"{found} open versions and keys instead of {rows}")


def _of(setup: Callable[..., Entrants], *given: object) -> Callable[[Path, int], Entrants]:
    return lambda folder, rows: setup(folder, rows, *given)


_NEXT, _SAME = scd_sources.next_source, scd_sources.same_source
_M = 1_000_000
CONTESTS = (
    Contest("snapshot, check, 1M, 1 % changed", _of(_second, "check", _NEXT), _M),
    Contest(
        "snapshot, check, 10M, 1 % changed",
        _of(_second, "check", _NEXT), 10 * _M, 1500, runs=1,
    ),
    Contest("snapshot, check, 1M, unchanged", _of(_second, "check", _SAME), _M),
    Contest(
        "snapshot, check, 10M, unchanged", _of(_second, "check", _SAME), 10 * _M, 1500, runs=1
    ),
    Contest("snapshot, timestamp, 1M, 1 % changed", _of(_second, "timestamp", _NEXT), _M),
    Contest(
        "snapshot, timestamp, 10M, 1 % changed",
        _of(_second, "timestamp", _NEXT), 10 * _M, 1500, runs=1,
    ),
    Contest(
        "snapshot, timestamp that is trusted, 10M, 1 % changed",
        _of(_second, "trusted", _NEXT), 10 * _M, 1500, runs=1,
    ),
    Contest("snapshot, check, 1M, first load", _of(_first, "check"), _M),
    Contest("snapshot, check, 10M, first load", _of(_first, "check"), 10 * _M, 1500, runs=1),
    Contest(
        "snapshot, change log, 10M events, first load",
        _of(_first, "change_log"), 10 * _M, 1500, "change_log", 1,
    ),
    Contest(
        "snapshot, change log, 100k late events into 10M",
        _late, 10 * _M, 1500, "change_log", 1,
    ),
    Contest("snapshot, check, 1M, run 101 against run 2", _of(_after, 100), _M),
)  # fmt: skip
