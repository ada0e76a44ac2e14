"""A dbt project of snapshots on one DuckDB file, and what is done to its sources."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tests.builders import install_macros, write

ROOT = Path(__file__).parents[3]
FILE = "t.duckdb"
FILES = {
    "dbt_project.yml": "name: t\nversion: '1.0'\nprofile: t\n"
    "flags: {send_anonymous_usage_stats: false}\n",
    "packages.yml": f"packages: [{{local: {ROOT / 'macros'}}}]\n",
    "profiles.yml": "t: {target: d, outputs: {d: {type: duckdb, path: t.duckdb, threads: 2}}}\n",
    "macros/materialization_snapshot.sql": "{% materialization snapshot, default %}"
    "{{ return(platform_macros.materialization_snapshot_default()) }}{% endmaterialization %}\n",
    "models/sources.yml": "sources: [{name: main, schema: main, tables: [{name: src}]}]\n",
    "snapshots/s.yml": """snapshots:
  - name: checked
    relation: source('main', 'src')
    config: {unique_key: id, strategy: check, check_cols: all, hard_deletes: invalidate}
  - name: kept
    relation: source('main', 'src')
    config:
      unique_key: id
      strategy: check
      check_cols: [a, b]
      hard_deletes: new_record
      dbt_valid_to_current: "timestamp '9999-12-31'"
  - name: stamped
    relation: source('main', 'src')
    config: {unique_key: [id, a], strategy: timestamp, updated_at: u, hard_deletes: ignore}
""",
}
FIRST, SECOND, THIRD = "2024-01-05", "2024-01-07", "2024-01-09"

ROWS = """
create or replace table src as select
    i::integer as id, 'name ' || i as a, md5(i::varchar) as b, i % 97 as c,
    timestamp '2023-01-01' + interval (i % 1000) minute as u
from range({rows}) as t(i)
"""
CHANGES = {
    # 1 % new, changed and deleted each
    "in place": """
        delete from src where id % 100 = 7;
        update src set b = 'changed', u = timestamp '2024-01-06' where id % 100 = 3;
        insert into src select id + {rows}, a || ' new', b, c, u from src where id % 100 = 5
    """,
    "new column": """
        delete from src where id % 100 = 7;
        alter table src add column extra varchar;
        update src set extra = 'some', u = timestamp '2024-01-06' where id % 100 = 3
    """,
    "written anew": """
        delete from src where id % 100 = 7;
        alter table src alter column c type varchar;
        update src set c = 'text', u = timestamp '2024-01-06' where id % 100 = 3
    """,
}


def crash_project(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """The project with the package of this checkout; the database is still missing."""
    write(folder, {**FILES, **(files or {})})
    install_macros(folder)
    return folder


def source(database: Path, sql: str, rows: int) -> None:
    with duckdb.connect(str(database)) as connection:
        for statement in sql.format(rows=rows).split(";"):
            connection.execute(statement)


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", **more}


def start_dbt(project: Path, at: str, *words: str, **more: str) -> subprocess.Popen[str]:
    """`dbt snapshot` of a point in time, as a process of its own."""
    return subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "dbt.cli.main", "--no-use-colors", "snapshot"),
            *("--vars", f"{{platform_run_at: '{at}'}}", *words),
        ],
        cwd=project,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def start_platform(project: Path, *words: str, **more: str) -> subprocess.Popen[str]:
    """`platform ...`, as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "platform_cli", "-C", str(project), *words],
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
