"""Projects with snapshots whose histories are written by hand: no dbt has to run for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from tests.builders import PROFILES, PROJECT, write

CONFIG = "unique_key: id, strategy: check, check_cols: all, hard_deletes: invalidate"


def history_project(folder: Path, *statements: str, config: str = CONFIG, more: str = "") -> Path:
    """A project with the snapshot `snp` (and `more` YAML), and these statements done in its file.

    `versions(...)` writes the usual statement.
    """
    write(
        folder,
        {
            "dbt_project.yml": PROJECT,
            "profiles.yml": PROFILES,
            "models/stg.sql": "select 1 as id, 'a' as a\n",
            "snapshots/snp.yml": "snapshots:\n- name: snp\n  relation: ref('stg')\n"
            f"  config: {{{config}}}\n{more}",
        },
    )
    if statements:
        do(folder, *statements)
    return folder


def versions(*rows: str, columns: str = "id, a", table: str = "snp") -> str:
    """The statement that makes a history: per row the columns, then from and to as text or null."""
    listed = ", ".join(f"({row})" for row in rows)
    return (
        f"create table {table} as select {columns}, md5(concat_ws('|', {columns}, f, t, n))"
        " as dbt_scd_id, f::timestamp as dbt_updated_at, f::timestamp as dbt_valid_from,"
        " t::timestamp as dbt_valid_to from"
        f" (select *, row_number() over () as n from (values {listed}) as v({columns}, f, t))"
    )


def ledger(versions: int, is_open: int, key: str = "id") -> str:
    """The statement that makes the ledger of `snp`: one run with that key, and what it left."""
    return (
        "create table snp__runs as select 1 as run_number, 'r' as run_id, now()::timestamp as"
        f""" run_at, '{{"unique_key": ["{key}"]}}' as settings, null::varchar as columns_before,"""
        " 0 as new, 0 as returned, 0 as changed, 0 as closed, 0 as overwritten, 0 as late,"
        f" 0 as unchanged, {is_open} as open_versions, {versions} as versions"
    )


def do(folder: Path, *statements: str) -> None:
    """Run statements in the project's database."""
    with duckdb.connect(str(folder / "tiny.duckdb")) as connection:
        for statement in statements:
            connection.execute(statement)


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on the project's database."""
    with duckdb.connect(str(folder / "tiny.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()
