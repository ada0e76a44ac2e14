"""Whole runs of plain dbt on a real PostgreSQL, in the portable form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.builders import guarded_project
from tests.scd.postgres import Postgres
from tests.scd.properties.play import run_dbt

PEOPLE = """create table {schema}.people
(id integer, "full name" varchar(20), pay numeric(8, 2), upd timestamp)"""
EVENTS = "create table {schema}.events (id integer, city varchar(20), op varchar(1), seq integer)"
SNAPSHOTS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "checked": ("people", {"strategy": "check", "check_cols": "all", "hard_deletes": "new_record"}),
    "timed": (
        "people",
        {"strategy": "timestamp", "updated_at": "upd", "hard_deletes": "invalidate"},
    ),
    "logged": (
        "events",
        {
            "strategy": "change_log",
            "updated_at": "seq",
            "meta": {"scd": {"delete_when": "op = 'D'", "ignore_columns": ["op"]}},
        },
    ),
}
RUNS = (
    """
insert into {schema}.people values
(1, 'Ann', 10, '2024-01-01'), (2, 'Bob', 20, '2024-01-01'), (3, 'Cid', 30, '2024-01-01');
insert into {schema}.events values (1, 'Oaxaca', 'U', 1), (2, 'Cancun', 'U', 2)""",
    # A change that updated_at does not tell of, a wider type, a new column, and one who goes.
    """
alter table {schema}.people alter pay type double precision;
alter table {schema}.people add mail varchar(20);
update {schema}.people set pay = 10.125 where id = 1;
update {schema}.people set mail = 'b@x', upd = '2024-01-02' where id = 2;
delete from {schema}.people where id = 3;
delete from {schema}.events;
insert into {schema}.events values (1, null, 'D', 6), (1, 'Mexicali', 'U', 5)""",
    # One returns; an event is late.
    """
insert into {schema}.people values (3, 'Cid', 30, '2024-01-01', null);
delete from {schema}.events; insert into {schema}.events values (2, 'Tijuana', 'U', 1)""",
)
SHOWN = (
    "select {columns}, extract(day from dbt_valid_from)::int, extract(day from dbt_valid_to)::int"
    " from histories.{name} order by 1, dbt_valid_from"
)


def taken(project: Path, day: int, *select: str) -> str:
    """What dbt says of the run of that day of January 2024."""
    variables = json.dumps({"platform_run_at": f"2024-01-{day:02}"})
    words = ["snapshot", "--vars", variables, *(("-s", *select) if select else ())]
    return run_dbt(project, *words).stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Path:
    postgres.rows("drop schema if exists histories cascade; create schema histories")
    for statement in (PEOPLE, EVENTS):
        postgres.rows(statement.format(schema="histories"))
    declared = [
        {
            "name": name,
            "relation": f"source('histories', '{source}')",
            "config": {"unique_key": "id", **config},
        }
        for name, (source, config) in SNAPSHOTS.items()
    ]
    sources = [{"name": "histories", "tables": [{"name": "people"}, {"name": "events"}]}]
    folder = guarded_project(
        tmp_path_factory.mktemp("on_postgres"),
        {
            "profiles.yml": json.dumps(postgres.profile("tiny", "histories")),
            "snapshots/snp_ports.yml": json.dumps({"snapshots": declared, "sources": sources}),
        },
    )
    for day, change in enumerate(RUNS, 1):
        postgres.rows(change.format(schema="histories"))
        said = taken(folder, day)
        assert "ERROR" not in said, said
    return folder


def shown(server: Postgres, name: str, columns: str) -> list[tuple[Any, ...]]:
    return server.rows(SHOWN.format(name=name, columns=columns))


def test_check(project: Path, postgres: Postgres) -> None:
    columns = 'id, "full name", pay, mail, dbt_is_deleted'
    assert shown(postgres, "checked", columns) == [
        (1, "Ann", 10.0, None, "False", 1, 2),
        (1, "Ann", 10.125, None, "False", 2, None),
        (2, "Bob", 20.0, None, "False", 1, 2),
        (2, "Bob", 20.0, "b@x", "False", 2, None),
        (3, "Cid", 30.0, None, "False", 1, 2),
        (3, "Cid", 30.0, None, "True", 2, 3),
        (3, "Cid", 30.0, None, "False", 3, None),
    ]


def test_timestamp(project: Path, postgres: Postgres) -> None:
    assert shown(postgres, "timed", "id, pay, mail") == [
        (1, 10.0, None, 1, 2),
        (1, 10.125, None, 2, None),
        (2, 20.0, None, 1, 2),
        (2, 20.0, "b@x", 2, None),
        (3, 30.0, None, 1, 2),
        (3, 30.0, None, 3, None),
    ]


def test_change_log(project: Path, postgres: Postgres) -> None:
    found = postgres.rows(
        "select id, city, dbt_valid_from, dbt_valid_to from histories.logged order by 1, 3"
    )
    assert found == [
        (1, "Oaxaca", 1, 5),
        (1, "Mexicali", 5, 6),
        (2, "Tijuana", 1, 2),
        (2, "Cancun", 2, None),
    ]


def test_a_refused_run_changes_nothing(project: Path, postgres: Postgres) -> None:
    before = shown(postgres, "checked", "*")
    postgres.rows("alter table histories.people add later integer")
    postgres.rows("insert into histories.people values (null, 'Eve', 1, '2024-01-04', null, 5)")
    assert "null_key: 1 of 4 source rows" in taken(project, 4, "checked")
    postgres.rows("truncate histories.people")
    assert "empty_source" in taken(project, 4, "checked")
    assert shown(postgres, "checked", "*") == before
