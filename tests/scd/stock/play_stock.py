"""Plays cases through dbt's own snapshots: one `dbt snapshot` for each batch of all cases."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.scd.properties.case import Case
from tests.scd.properties.play import Dump, dump_of, run_dbt

PROJECT = Path(__file__).parent / "project"


def play_stock(folder: Path, cases: list[Case]) -> dict[str, list[Dump]]:
    """The history of each case after each batch; all have batches at the same times."""
    project = folder / "stock"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    (project / "snapshots").mkdir()
    declared = {
        "sources": [{"name": "raw", "tables": [{"name": f"{case.name}_now"} for case in cases]}],
        "snapshots": [snapshot(case) for case in cases],
    }
    (project / "snapshots" / "all.yml").write_text(yaml.safe_dump(declared), encoding="utf-8")
    dumps: dict[str, list[Dump]] = {case.name: [] for case in cases}
    for number, batch in enumerate(cases[0].batches):
        with duckdb.connect(str(project / "stock.duckdb")) as connection:
            connection.execute("create schema if not exists raw")
            for case in cases:
                now = f"create or replace table raw.{case.name}_now as {case.batches[number].sql}"
                connection.execute(now)
        done = run_dbt(project, "snapshot", "--vars", json.dumps({"run_at": batch.at}))
        assert done.returncode == 0, done.stdout[-3000:]
        with duckdb.connect(str(project / "stock.duckdb"), read_only=True) as connection:
            for case in cases:
                dumps[case.name].append(dump_of(connection, case.name))
    return dumps


def snapshot(case: Case) -> dict[str, Any]:
    config = case.batches[0].config
    named = ("strategy", "unique_key", "updated_at", "check_cols", "hard_deletes")
    options = {name: config[name] for name in named if config[name] is not None}
    if config["valid_to_current"]:
        options["dbt_valid_to_current"] = config["valid_to_current"]
    return {"name": case.name, "relation": f"source('raw', '{case.name}_now')", "config": options}
