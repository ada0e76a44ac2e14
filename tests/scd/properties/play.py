"""Plays cases through the package's engine: one dbt for many."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from tests.builders import MACROS, install_macros
from tests.scd.properties.case import Batch, Case

PROJECT = Path(__file__).parent / "project"
META = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")


@dataclass(eq=False)
class Dump:
    """A history as it lies there: names with types, and rows."""

    columns: dict[str, str]
    rows: list[tuple[Any, ...]]

    def __eq__(self, other: object) -> bool:
        """To the last byte; NaN is NaN."""
        return repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))


@dataclass(frozen=True)
class Played:
    """One run by the engine: what it said, what is there afterwards."""

    refusals: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    dump: Dump | None = None
    crash: str | None = None
    said: list[dict[str, Any]] = field(default_factory=list)


class Player(Protocol):
    """What every batch of every case came to; after a crash a case ends."""

    def __call__(self, cases: list[Case], form: str = "duckdb") -> dict[str, list[Played]]: ...


def install(folder: Path) -> Path:
    """The project of the player, with the package of this checkout."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "macros").symlink_to(MACROS)
    project = folder / "tests" / "scd" / "properties" / "project"
    leave_out = shutil.ignore_patterns("target", "logs", "dbt_packages")
    shutil.copytree(PROJECT, project, ignore=leave_out)
    install_macros(project)
    return project


FAR = ("Asia/Tokyo", "Asia/Tokyo")
"""Time zones of the process and of DuckDB's session."""


def run_dbt(
    project: Path, *arguments: str, zones: tuple[str, str] = FAR
) -> subprocess.CompletedProcess[str]:
    """One dbt, in a time zone far from UTC; it says errors only, for logs cost more than SQL."""
    quiet = ["--no-use-colors", "--log-level", "error", "--log-level-file", "none"]
    command = [sys.executable, "-P", "-m", "dbt.cli.main", *quiet, *arguments]
    # dbt looks at every variable for each line it logs
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    return subprocess.run(
        command,
        cwd=project,
        env=kept | {"TZ": zones[0], "SCD_PLAY_ZONE": zones[1]},
        capture_output=True,
        text=True,
        check=False,
    )


def play(
    project: Path, cases: list[Case], form: str = "duckdb", zones: tuple[str, str] = FAR
) -> dict[str, list[Played]]:
    """What the engine did with every batch of every case; after a crash a case ends."""
    played: dict[str, list[Played]] = {}
    while left := [case for case in cases if case.name not in played]:
        some, crash = play_until_crash(project, left, form, zones)
        played |= some
        if crash is None:
            break
        broken = next(case for case in left if len(some.get(case.name, [])) < len(case.batches))
        played.setdefault(broken.name, []).append(Played(crash=crash))
    return played


def play_until_crash(
    project: Path, cases: list[Case], form: str, zones: tuple[str, str] = FAR
) -> tuple[dict[str, list[Played]], str | None]:
    """The batches that were played, and what dbt said when it gave up."""
    file, dumps = project / "cases.json", project / "dumps.duckdb"
    for old in (dumps, dumps.with_name(dumps.name + ".wal")):
        old.unlink(missing_ok=True)
    file.write_text(json.dumps([settings_of(case, form) for case in cases]), encoding="utf-8")
    arguments = json.dumps({"file": str(file), "dumps": str(dumps)})
    words = ["run-operation", "scd_play", "--args", arguments, "--target-path", target_of(zones)]
    done = run_dbt(project, *words, zones=zones)
    crash = done.stdout[-3000:] + done.stderr[-1000:] if done.returncode else None
    played: dict[str, list[Played]] = {}
    if not dumps.exists():
        raise AssertionError(crash)
    with duckdb.connect(str(dumps), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, one in read(connection):
            played.setdefault(name, []).append(one)
    return played, crash


def target_of(zones: tuple[str, str]) -> str:
    """A target folder per profile, which names the session's zone: dbt parses all anew when what
    it finds is another profile's.
    """
    return "target" if zones[1] == FAR[1] else f"target_{zones[1].replace('/', '_')}"


def read(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Played]]:
    """What was played, in its order, from the database of dumps."""
    tables = {
        name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    asked = "select played, batch, outcome, runs from outcomes order by rowid"
    for name, number, text, runs in connection.execute(asked).fetchall():
        outcome = json.loads(text)
        dump = None
        if f"{name}_{number}" in tables:
            dump = dump_of(connection, f"{name}_{number}")
        refusals = [each["name"] for each in outcome["refusals"]]
        yield name, Played(refusals, outcome["counts"], runs, dump, None, outcome["refusals"])


def dump_of(connection: duckdb.DuckDBPyConnection, table: str) -> Dump:
    described = connection.execute(f'describe "{table}"').fetchall()
    rows = connection.execute(f'select * from "{table}"').fetchall()
    return Dump({name: kind for name, kind, *_ in described}, rows)


def settings_of(case: Case, form: str) -> dict[str, Any]:
    batches = [
        {"settings": settings(case.name, number, batch, form), "lost": batch.lost}
        for number, batch in enumerate(case.batches)
    ]
    return {"name": case.name, "batches": batches}


def settings(name: str, number: int, batch: Batch, form: str) -> dict[str, Any]:
    """What scd_snapshot takes."""
    config = batch.config
    renamed = config.get("columns") or {}
    return {
        "name": name,
        "database": "memory",
        "schema": "main",
        "identifier": name,
        "run_id": f"{name}_{number}",
        "form": "duckdb" if form == "hashed" else form,
        **({"hash_from": 0} if form == "hashed" else {}),  # of few rows, too
        "reduced": [],
        "sql": batch.sql,
        "strategy": config["strategy"],
        "unique_key": config["unique_key"],
        "updated_at": config.get("updated_at"),
        "check_cols": config.get("check_cols"),
        "hard_deletes": config.get("hard_deletes", "ignore"),
        "valid_to_current": config.get("valid_to_current"),
        "columns": {name: renamed.get(name, name) for name in META},
        "scd": config.get("scd") or {},
        "allow": batch.allow,
        "run_at": batch.at,
    }
