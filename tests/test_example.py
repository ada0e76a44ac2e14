"""The example project, from an empty database to the end, as its readers do it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from platform_cli.cli import run
from platform_cli.commands._database import Database
from platform_cli.project.jinja.render import compile_model
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Snapshot, Undecided
from tests.benchmarks.projects import example_project

DBT = Path(sys.executable).parent / "dbt"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All releases loaded, all models built."""
    project = example_project(tmp_path_factory.mktemp("the example"))
    assert run(["-q", "-C", str(project), "snapshot", "backfill", "snp_airports"]) == 0
    assert run(["-q", "-C", str(project), "build"]) == 0
    return project


def rows(project: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(project / "nyc_flights.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def said_in(readme: Path) -> list[tuple[str, ...]]:
    lines = re.findall(r"^\| (\d{4}-\d\d-\d\d) \|(.*)\|$", readme.read_text(), re.MULTILINE)
    return [
        (day, *(int(cell.replace(",", "")) for cell in cells.split("|"))) for day, cells in lines
    ]


def test_the_airports_changed_as_its_readme_says(example: Path) -> None:
    releases = rows(
        example,
        "select strftime(released_at, '%Y-%m-%d'), new_airports, changed_airports,"
        " returned_airports, withdrawn_airports, airports"
        " from dev_marts.fct_airport_releases order by 1",
    )
    assert len(releases) == 8
    assert releases == said_in(example / "README.md")


def test_the_airports_changed_as_the_first_page_says(example: Path) -> None:
    page = (Path(__file__).parent.parent / "README.md").read_text()
    releases = rows(example, "select * from dev_marts.fct_airport_releases order by 1")
    lines = re.findall(r"^(\d{4}-\d\d-\d\d 00:00:00) +([\d ]+)$", page, re.MULTILINE)
    assert len(lines) > 3
    said = {(at, *map(int, counts.split())) for at, counts in lines}
    assert said <= {(str(at), *counts) for at, *counts in releases}
    [(versions, flights)] = rows(
        example,
        "select (select count(*) from dev_snapshots.snp_airports),"
        " (select count(*) from dev_marts.fct_flights)",
    )
    assert f"{versions:,} versions of airports" in page
    assert f"{flights:,} flights" in page


def test_the_first_page_asks_for_the_history_of_an_airport_that_is_there(example: Path) -> None:
    page = (Path(__file__).parent.parent / "README.md").read_text()
    asked = re.findall(r"^platform (snapshot history .*)$", page, re.MULTILINE)
    assert asked
    for words in asked:
        assert run(["-C", str(example), *words.split()]) == 0


def test_every_destination_is_found(example: Path) -> None:
    found = rows(example, "select count(distinct iata) from dev_marts.fct_destination_records")
    assert found == [(105,)]


def test_it_keeps_its_own_conventions(example: Path) -> None:
    assert run(["-C", str(example), "check"]) == 0


def test_column_lineage_lists_the_columns_and_types_that_duckdb_has(example: Path) -> None:
    found = rows(
        example,
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name like 'dev%' order by table_oid, column_index",
    )
    tables: dict[str, dict[str, str]] = {}
    for table, column, type_ in found:
        tables.setdefault(table, {})[column] = type_
    project = Project.load(example)
    lineage = ColumnLineage(project)
    compared = 0
    for node in (*project.of(Model), *project.of(Snapshot)):
        made = lineage.of(node.unique_id)
        assert made is not None
        if node.config["materialized"] == "ephemeral":
            continue
        there = tables[node.alias or node.name]
        names = [one.name for one in made.columns]
        assert names == list(there) if made.complete else {*names} <= {*there}, node.name
        for one in made.columns:
            if one.type:
                [(type_,)] = rows(example, f"select typeof(null::{one.type})")
                assert type_ == there[one.name], f"{node.name}.{one.name}"
                compared += 1
    assert compared > 50


def test_plain_dbt_builds_it_too_and_compiles_it_to_the_same_bytes(example: Path) -> None:
    words = [str(DBT), "--quiet", "build", "--project-dir", ".", "--profiles-dir", "."]
    done = subprocess.run(
        words,
        cwd=example,
        env={**os.environ, "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((example / "target" / "run_results.json").read_text())["results"]
    theirs = {
        one["unique_id"]: one["compiled_code"]
        for one in results
        if one["unique_id"].startswith("model.nyc_flights.")
    }
    project = Project.load(example)

    def ours(contents):
        return {name: compile_model(project, name, contents) for name in theirs}

    compiled = Database(project).ask(ours)
    assert not {name: one.reason for name, one in compiled.items() if isinstance(one, Undecided)}
    assert {name: one.sql for name, one in compiled.items()} == theirs
    assert len(theirs) > 10
