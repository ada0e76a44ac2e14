"""Runs `dbt snapshot` and writes down every statement that it sends to DuckDB.

A program, because the statements are told to callbacks of dbt's, and our own command line has
dbt leave them out, for speed, in every process that it ran in.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scd.crash.project import FILE, environment, source

Statements = list[tuple[str, str]]
"""Thread and SQL."""


@dataclass(frozen=True)
class Step:
    """A change of the source, then a run of dbt, on the file that an earlier step left."""

    name: str
    after: str | None
    sql: str
    at: str


@dataclass(frozen=True)
class Recorded:
    """One run: the file before, the file after, and what happened in between."""

    before: Path
    after: Path
    statements: Statements


def record(project: Path, steps: list[Step], rows: int) -> dict[str, Recorded]:
    """Every step, all by one dbt."""
    todo = json.dumps([[rows], *[[one.name, one.after, one.sql, one.at] for one in steps]])
    subprocess.run(
        [sys.executable, "-P", "-m", "tests.scd.crash.record", todo],
        cwd=project,
        env=environment(),
        check=True,
    )
    return {
        one.name: Recorded(
            project / f"{one.name}.before",
            project / f"{one.name}.after",
            [(thread, sql) for thread, sql in json.loads(_file(project, one.name).read_text())],
        )
        for one in steps
    }


def _file(project: Path, name: str) -> Path:
    return project / f"{name}.json"


def main() -> None:
    """Run the steps given as JSON, in the project's folder."""
    (rows,), *steps = json.loads(sys.argv[1])
    for name, earlier, sql, at in steps:
        Path(FILE).unlink(missing_ok=True)
        if earlier:
            shutil.copy(f"{earlier}.after", FILE)
        source(Path(FILE), sql, rows)
        shutil.copy(FILE, f"{name}.before")
        _file(Path(), name).write_text(json.dumps(_run(at)), encoding="utf-8")
        shutil.copy(FILE, f"{name}.after")


def _run(at: str) -> Statements:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    statements: Statements = []

    def keep(event: Any) -> None:
        if event.info.name == "SQLQuery":
            statements.append((event.info.thread, event.data.sql))

    words = ["--log-level", "none", "snapshot", "--threads", "1"]
    done = dbtRunner(callbacks=[keep]).invoke([*words, "--vars", f"{{platform_run_at: '{at}'}}"])
    if not done.success:
        sys.exit(f"{done.exception} {[node.message for node in done.result or ()]}")
    if opened := DuckDBConnectionManager._ENV:
        opened.close()
    DuckDBConnectionManager.close_all_connections()
    return statements


if __name__ == "__main__":
    main()
