"""The same cases through the oracle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import duckdb

from tests.scd.oracle import change_log, state
from tests.scd.oracle.model import Memory, Outcome, Settings, Source
from tests.scd.oracle.values import Value, utc
from tests.scd.properties.case import Batch, Case, Config


@dataclass(frozen=True)
class Expected:
    """One run by the oracle; `config` is that of the last run that was not refused."""

    outcome: Outcome
    memory: Memory
    config: Config
    current: Value
    """What marks an open version, when that is not NULL."""


def expect(case: Case) -> list[Expected]:
    """What every batch must come to."""
    expected: list[Expected] = []
    memory, config = Memory(), case.batches[0].config
    with reader().cursor() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for batch in case.batches:
            events = batch.config["strategy"] == "change_log"
            run = change_log.run if events else state.run
            if batch.lost:
                memory = replace(memory, history=None, has_deleted_column=False)
            source, settings = source_of(connection, batch), settings_of(connection, batch)
            memory, outcome = run(memory, source, settings, datetime.fromisoformat(batch.at))
            config = config if outcome.refusals else batch.config
            expected.append(Expected(outcome, memory, config, current(connection, config)))
    return expected


@cache
def reader() -> duckdb.DuckDBPyConnection:
    """A database in memory, to make values of SQL."""
    return duckdb.connect()


def source_of(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Source:
    """The batch's rows as DuckDB reads them; the last two columns say what an event does."""
    scd = batch.config.get("scd") or {}
    marks = [
        f"coalesce({scd.get(mark, 'false')}, false)" for mark in ("delete_when", "truncate_when")
    ]
    asked = connection.execute(f"select *, {', '.join(marks)} from ({batch.sql})")
    columns = asked.description[:-2]
    types = {name.lower(): str(kind) for name, kind, *_ in columns}
    rows = asked.fetchall()
    values = [dict(zip(types, row, strict=False)) for row in rows]
    return Source(types, values, [row[-2] for row in rows], [row[-1] for row in rows])


def settings_of(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Settings:
    config = batch.config
    checked = config.get("check_cols")
    every = checked is None or checked == "all"
    updated_at = config.get("updated_at")
    return Settings(
        strategy=config["strategy"],
        unique_key=tuple(name.lower() for name in config["unique_key"]),
        updated_at=updated_at.lower() if updated_at else None,
        check_cols=None if every else tuple(name.lower() for name in checked or []),
        hard_deletes=config.get("hard_deletes", "ignore"),
        scd={
            option: lowered(connection, option, value)
            for option, value in (config.get("scd") or {}).items()
        },
        allow=tuple(name.replace("-", "_") for name in batch.allow),  # as the command spells them
        renamed=config.get("columns") or {},
    )


def lowered(connection: duckdb.DuckDBPyConnection, option: str, value: Any) -> Any:
    """An option of meta.scd with column names in lower case and a time as a time."""
    if option == "initial_valid_from" and isinstance(value, str):
        return one_value(connection, f"timestamp '{value}'")
    if isinstance(value, list):
        return [each.lower() for each in value]
    if option == "tolerance":
        return {name.lower(): number for name, number in value.items()}
    return value


def current(connection: duckdb.DuckDBPyConnection, config: Config) -> Value:
    if not config.get("valid_to_current"):
        return None
    return utc(one_value(connection, config["valid_to_current"]))


def one_value(connection: duckdb.DuckDBPyConnection, expression: str) -> Value:
    return connection.execute(f"select {expression}").fetchall()[0][0]
