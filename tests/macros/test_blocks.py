"""The blocks on real histories: odd names, configuration looked up, in three forms of SQL.

The unit tests of `project/models/history` run on DuckDB in `test_macros.py`; here they run on the
portable form and on PostgreSQL too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from platform_cli.commands._database import Contents, Database
from platform_cli.project.jinja.render import compile_model
from platform_cli.project.project import Project
from platform_cli.project.resources import Undecided
from tests.macros.project_copy import copy_of_the_project, run_dbt, statuses
from tests.scd.postgres import Postgres

HISTORIES = """
create table {schema}.snp_orders (
    "Order Id" integer, "group" varchar(10), "Unit price" double precision, remark varchar(10),
    version varchar(10), stamp timestamp, "begins at" timestamp, "end" timestamp, gone varchar(10)
);
insert into {schema}.snp_orders values
(1, 'a', 10, 'x', 'v1', '2022-01-01', '2022-01-01', '2023-01-01', 'False'),
(1, 'a', 12, 'z', 'v2', '2023-01-01', '2023-01-01', '9999-12-31', 'False'),
(2, 'a', 5, null, 'v3', '2022-01-01', '2022-01-01', '2023-01-01', 'False'),
(2, 'a', 5, null, 'v4', '2023-01-01', '2023-01-01', '9999-12-31', 'True'),
(3, 'a', 1, 'old', 'v6', '2022-01-01', '2022-01-01', '2023-01-01', 'False'),
(3, 'a', 1, 'new', 'v7', '2023-01-01', '2023-01-01', '9999-12-31', 'False'),
(1, 'b', 7, 'y', 'v5', '2023-03-01', '2023-03-01', '9999-12-31', 'False');
create table {schema}.snp_orders_unsound (
    id integer, name varchar(10), dbt_scd_id varchar(10), dbt_updated_at timestamp,
    dbt_valid_from timestamp with time zone, dbt_valid_to timestamp, dbt_is_deleted varchar(10)
);
insert into {schema}.snp_orders_unsound values
(1, 'a', 'same', '2022-01-01', '2022-01-01', null, 'False'),
(2, 'b', 'same', '2022-01-01', '2022-01-01', null, 'True');
"""

MUST_FAIL = {"valid_history__fails_on_an_overlap", "valid_history__fails_on_a_repeated_version_id"}
SELECTED = ["path:models/history", "tag:built"]


@dataclass(frozen=True)
class Built:
    """The project, built on one form of SQL: the status of every test, and its tables."""

    statuses: dict[str, str]
    rows: Callable[[str], list[tuple[Any, ...]]]
    project: Path
    form: str
    arguments: list[str] = field(default_factory=list)


@pytest.fixture(
    scope="module",
    params=["duckdb", pytest.param("portable", marks=pytest.mark.slow), "postgres"],
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = copy_of_the_project(tmp_path_factory.mktemp("repository"))
    environment: dict[str, str] = {}
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        server.rows("drop schema if exists macros cascade; create schema macros")
        server.rows(HISTORIES.format(schema="macros"))
        environment, rows = server.environment(), in_schema_macros(server)
        arguments = ["-t", "postgres"]
    else:
        database = project / "history.duckdb"
        with duckdb.connect(str(database)) as connection:
            connection.execute(HISTORIES.format(schema="main"))
        rows = in_file(database)
        arguments = ["-t", "file", "--vars", json.dumps({"platform_scd_form": request.param})]
    select = ["-s", *SELECTED, "--exclude-resource-type", "snapshot"]
    ran = run_dbt(project, "build", *arguments, *select, environment=environment)
    return Built(statuses(project, ran), rows, project, request.param, arguments)


def in_schema_macros(server: Postgres) -> Callable[[str], list[tuple[Any, ...]]]:
    return lambda query: server.rows(f"set search_path to macros; {query}")


def in_file(database: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(database), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return rows


def test_every_test_passes_but_those_that_must_fail(built: Built) -> None:
    assert {name for name, status in built.statuses.items() if status != "pass"} == MUST_FAIL
    assert len(built.statuses) > 25


def test_deleted_records_are_not_current_whatever_the_columns_are_called(built: Built) -> None:
    found = built.rows("select version from orders_now order by version")
    assert found == [("v2",), ("v5",), ("v7",)]


def test_nor_when_the_snapshot_no_longer_records_deletes(built: Built) -> None:
    assert built.rows("select id from unsound_now") == [(1,)]


def test_as_of_reads_renamed_columns(built: Built) -> None:
    found = built.rows("select version from orders_then order by version")
    assert found == [("v1",), ("v3",), ("v6",)]


def test_facts_with_a_time_zone_are_joined_in_utc(built: Built) -> None:
    found = built.rows(
        'select delivery, "order Unit price", "order version" from orders_delivered order by 1'
    )
    assert found == [(1, 10.0, "v1"), (2, 12.0, "v2"), (3, None, None), (4, None, None)]


def test_a_part_of_the_key_multiplies_no_fact(built: Built) -> None:
    found = built.rows("select delivery, price from orders_delivered_here order by 1")
    assert found == [(1, 7.0), (2, 7.0), (3, None), (4, 7.0)]


def test_changes_compare_what_opens_a_version(built: Built) -> None:
    found = built.rows('select "Order Id", "group", change, changed_columns from orders_changed')
    assert sorted(found) == [
        (1, "a", "modified", "Unit price"),
        (1, "b", "added", None),
        (2, "a", "removed", None),
    ]


def test_changes_by_cell_show_both_values(built: Built) -> None:
    found = built.rows(
        "select column_name, cast(old_value as double precision),"
        " cast(new_value as double precision) from orders_changed_cells where change = 'modified'"
    )
    assert found == [("Unit price", 10.0, 12.0)]


def test_without_dbt_they_compile_to_the_same_bytes(built: Built) -> None:
    if built.form == "postgres":
        pytest.skip("what asks the database is compiled by dbt")
    project = Project.load(built.project, target="file", vars={"platform_scd_form": built.form})
    results = json.loads((built.project / "target/run_results.json").read_text())["results"]
    theirs = {
        row["unique_id"]: row["compiled_code"]
        for row in results
        if row["unique_id"].startswith("model.")
    }

    def ours(contents: Contents) -> dict[str, str | Undecided]:
        compiled = {name: compile_model(project, name, contents) for name in theirs}
        return {
            name: found if isinstance(found, Undecided) else found.sql
            for name, found in compiled.items()
        }

    # With the name of a CTE, `model` is asked for while dbt parses: only dbt can tell.
    only_dbt = "model.macros_under_test.as_of_a_cte"
    found = Database(project).ask(ours)
    assert isinstance(found, dict)
    assert isinstance(found.pop(only_dbt), Undecided)
    assert found == {name: sql for name, sql in theirs.items() if name != only_dbt}
    assert sum("snp_orders" in sql for sql in theirs.values()) > 5
