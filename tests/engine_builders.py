"""A project whose snapshot `snp` is written by the real engine, one run after the other."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platform_cli.cli import run
from tests.builders import MACROS, PROFILES, install_macros, write
from tests.history_builders import do, query

USUAL = {"unique_key": "id", "strategy": "check", "check_cols": "all"}
Content = tuple[list[tuple[str, str]], list[str]]


def engine_project(folder: Path) -> Path:
    """A project that reads the table `src`; its package lies in the folder, so it can be copied."""
    shutil.copytree(MACROS, folder / "package", ignore=shutil.ignore_patterns("dbt_packages"))
    install_macros(folder, Path("../package"))
    return write(
        folder,
        {
            "dbt_project.yml": "name: tiny\nprofile: tiny\n"
            "flags: {send_anonymous_usage_stats: false}\ndispatch:\n"
            "- {macro_namespace: dbt, search_order: [tiny, platform_macros, dbt]}\n",
            "profiles.yml": PROFILES,
            "packages.yml": "packages: [{local: package}]\n",
            "macros/materialization_snapshot.sql": "{% materialization snapshot, default %}"
            "{{ return(platform_macros.materialization_snapshot_default()) }}"
            "{% endmaterialization %}\n",
            "models/src.yml": "sources: [{name: main, schema: main, tables: [{name: src}]}]\n",
        },
    )


@dataclass(frozen=True)
class Step:
    """One run: the source as SQL, the time, the configuration."""

    source: str
    at: str
    config: Mapping[str, Any] = field(default_factory=dict)
    variables: str = ""


def take(project: Path, step: Step) -> None:
    """Do the run; it must succeed."""
    config = {**USUAL, **step.config}
    text = ", ".join(f"{name}: {value}" for name, value in config.items())
    write(
        project,
        {
            "snapshots/snp.yml": "snapshots:\n- name: snp\n  relation: source('main', 'src')\n"
            f"  config: {{{text}}}\n"
        },
    )
    do(project, f"create or replace table src as {step.source}")
    allow = ["--allow", "mass-delete", "--allow", "mass-change", "--allow", "empty-source"]
    more = ["--vars", step.variables] if step.variables else []
    words = ["-q", "-C", str(project), "snapshot", "--run-at", step.at, *allow, *more]
    assert run(words) == 0


def content(project: Path, table: str = "snp") -> Content:
    """Columns and rows of a table, the rows as a sorted set."""
    columns = query(project, f"select column_name, column_type from (describe {table})")
    return columns, sorted(map(repr, query(project, f"from {table}")))


def random_steps(seed: int, number: int, schema: Mapping[int, Mapping[str, Any]]) -> list[Step]:
    """Runs of a source whose rows come, change, go and return.

    `schema` says from which step on the configuration (`config`) or the columns (`select`, over
    id, a and n) are others.
    """
    choose = random.Random(seed)
    rows: dict[int, tuple[str, int]] = {}
    steps, config, select = [], {"hard_deletes": "invalidate"}, "id, a, n"
    for at in range(number):
        for key in range(12):
            luck = choose.random()
            if luck < 0.25:
                rows[key] = (choose.choice("abcd"), choose.randrange(3))
            elif luck < 0.35:
                rows.pop(key, None)
        rows[99] = ("always", at)
        config = {**config, **schema.get(at, {}).get("config", {})}
        select = schema.get(at, {}).get("select", select)
        values = ", ".join(f"({key}, '{a}', {n})" for key, (a, n) in rows.items())
        steps.append(
            Step(f"select {select} from (values {values}) as v(id, a, n)", f"2024-01-{at + 1:02}",
                 dict(config))
        )  # fmt: skip
    return steps
