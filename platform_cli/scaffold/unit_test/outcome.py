"""What a new model makes of given rows, in a database of their own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import AnyResource, Column, Source, Undecided
from platform_cli.scaffold.trial import Trial
from platform_cli.scaffold.unit_test.made_up import Value, literal_text
from platform_cli.scaffold.unit_test.sampled_rows import Sample, selected_as_text

if TYPE_CHECKING:
    from platform_cli.project.project import Project
    from platform_cli.warehouse import Connection

Row = tuple[tuple[str, Value], ...]
_LONGEST = 120


def outcome(
    project: Project, text: str, samples: Sequence[Sample], given: Sequence[Sequence[Row]]
) -> tuple[Row, ...] | str:
    """The rows that the model makes of these of its parents; in words why it makes none."""
    from platform_cli.warehouse import connect, rows

    with closing(connect(Path(":memory:"), read_only=False)) as connection:
        instead: dict[str, AnyResource] = {}
        try:
            for number, (sample, one) in enumerate(zip(samples, given, strict=True)):
                table = f"given_{number}"
                rows(connection, _table(table, sample.columns, one))
                resource = sample.parent.resource
                instead[resource.unique_id] = _moved(resource, table)
            trial = Trial(project, _Tables(connection))
            references = [one.parent.reference for one in samples]
            sql = trial.compiled(text, references, instead)
            if isinstance(sql, Undecided):
                return sql.reason
            columns = trial.columns(sql)
            if columns is None:
                rows(connection, f"describe {sql}")  # it raises, with DuckDB's words
                return "DuckDB refuses it"
            items = ", ".join(map(selected_as_text, columns))
            found = rows(connection, f"select {items} from (\n{sql}\n)")  # noqa: S608
            found.sort(key=repr)
        except PlatformError as error:
            return " ".join(error.message.split())[:_LONGEST]
    return tuple(
        tuple(
            (column.name, _shown(value, column.data_type or ""))
            for column, value in zip(columns, row, strict=True)
        )
        for row in found
    )


class _Tables:
    """The tables of the test, as compiling asks for what is built."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def kind(self, database: str | None, schema: str | None, name: str | None) -> str | None:
        return "table" if name and name.startswith("given_") and (database or schema) else None

    def columns(self, relation: str) -> list[tuple[str, str]] | None:
        from platform_cli.warehouse import relation_columns

        try:
            return relation_columns(self.connection, relation)
        except PlatformError:
            return None


def _moved(resource: AnyResource, table: str) -> AnyResource:
    """The resource, as if it were this table."""
    place: dict[str, Any] = {"database": "memory", "schema": "main"}
    if isinstance(resource, Source):
        config = {**resource.config, "meta": {}}
        return replace(
            resource, **place, identifier=table, config=config, meta={}, quoting={}, undecided={}
        )
    config = {**resource.config, "materialized": "table"}
    return replace(resource, **place, alias=table, config=config, undecided={})


def _table(name: str, columns: Sequence[Column], given: Sequence[Row]) -> str:
    from platform_cli.warehouse import literal

    def cast(column: Column, value: Value) -> str:
        text = "null" if value is None else literal(value)
        return f"cast({text} as {column.data_type or 'varchar'}) as {quoted(column.name)}"

    selects = [
        "select "
        + ", ".join(cast(one, value) for one, (_, value) in zip(columns, row, strict=True))
        for row in given
    ]
    empty = "select " + ", ".join(cast(one, None) for one in columns) + " limit 0"
    return f"create table {name} as {' union all '.join(selects) or empty}"


def _shown(value: Any, kind: str) -> Value:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return str(value)
    return literal_text(value, kind)
