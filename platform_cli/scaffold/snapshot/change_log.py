"""Is a table a log of changes: events with an operation, in an order?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.project.identifiers import quoted as as_identifier
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.facts.column_facts import SAMPLE, ColumnFacts, TableFacts, TimeFacts
from platform_cli.scaffold.facts.key_candidates import likeness

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection

_OPERATION = re.compile(
    r"_*(op|operation|operation_type|op_type|op_code|dml_type|change_type|cdc_operation"
    r"|row_kind|event_type|action)"
)
_SEQUENCE = re.compile(
    r"_*(lsn|scn|seq|sequence|sequence_number|seq_no|seq_num|pos|position|log_position|offset"
    r"|commit_version|commit_seq|change_id|event_id|transaction_id|log_id)"
)
_WHEN = re.compile(
    r"(^|_)(updated|changed|modified|committed|commit_time|commit_ts|commit_timestamp|event_time"
    r"|event_ts|event_at|occurred|ts|ts_ms|timestamp|at)(_|$)"
)
_INSERTS = {"i", "insert", "inserted", "c", "create", "created", "r", "read", "+i"}
_UPDATES = {"u", "update", "updated", "update_postimage", "+u", "m", "modify"}
_DELETES = {"d", "delete", "deleted", "remove", "removed", "-d"}
_OLD = {"update_preimage", "-u"}
_TRUNCATES = {"t", "truncate", "truncated"}
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """The columns that say what happened, and in which order; conditions as SQL."""

    operation: str
    updated_at: str
    sequence_by: str | None
    delete_when: str
    truncate_when: str
    old_values: tuple[str, ...]


def change_log(
    connection: Connection, table: TableFacts, times: Iterable[TimeFacts]
) -> ChangeLog | None:
    """What makes the table a log of changes; None when it is none."""
    for column in table.columns:
        if _OPERATION.fullmatch(snake_case(column.name)) and column.distinct <= _MOST_WORDS:
            words = _words(connection, column.name)
            low = {one.lower() for one in words}
            every = _INSERTS | _UPDATES | _DELETES | _OLD | _TRUNCATES
            if low and low <= every and low & (_UPDATES | _DELETES):
                order = _order(table, list(times))
                return _log(column.name, words, *order) if order else None
    return None


def log_keys(
    connection: Connection, table: TableFacts, log: ChangeLog, subject: str
) -> tuple[tuple[str, ...], ...]:
    """Columns that, with the order of the events, identify an event, and that repeat without."""
    from platform_cli.warehouse import quoted, rows

    order = [one for one in (log.updated_at, log.sequence_by) if one]
    away = {log.operation.lower(), *(one.lower() for one in order)}
    pool = [
        one
        for one in table.columns
        if one.may_be_key and not one.is_time and not one.nulls and one.name.lower() not in away
    ]
    pool.sort(key=lambda one: (likeness(one, subject), -one.distinct))
    found = []
    for one in pool[:_MOST_WORDS]:
        names = ", ".join(quoted(name) for name in (one.name, *order))
        twice = (
            f"select 1 from (select distinct * from {table.relation}) group by {names}"  # noqa: S608
            " having count(*) > 1 limit 1"
        )
        if likeness(one, subject) <= 1 and not rows(connection, twice):
            found.append((one.name,))
    return tuple(found)


def _words(connection: Connection, column: str) -> list[str]:
    from platform_cli.warehouse import quoted, rows

    name = quoted(column)
    found = rows(
        connection,
        f"select distinct {name}::varchar from {SAMPLE} where {name} is not null order by 1",  # noqa: S608
    )
    return [word for (word,) in found]


def _order(table: TableFacts, times: Sequence[TimeFacts]) -> tuple[str, str | None] | None:
    """The column that orders the events, and one that breaks its ties."""
    numbers = [
        one.name
        for one in table.columns
        if _is_number(one) and not one.nulls and _SEQUENCE.fullmatch(snake_case(one.name))
    ]
    whole = [one for one in times if not one.nulls]
    named = [one for one in whole if _WHEN.search(snake_case(one.name))]
    for one in (*named, *whole):
        return one.name, numbers[0] if numbers else None
    return (numbers[0], numbers[1] if len(numbers) > 1 else None) if numbers else None


def _log(operation: str, words: Sequence[str], updated_at: str, sequence: str | None) -> ChangeLog:

    def said(meant: set[str]) -> str:
        some = ", ".join(
            "'" + one.replace("'", "''") + "'" for one in words if one.lower() in meant
        )
        name = as_identifier(operation)
        return f"{name} in ({some})" if "," in some else f"{name} = {some}" if some else ""

    old = tuple(one for one in words if one.lower() in _OLD)
    return ChangeLog(operation, updated_at, sequence, said(_DELETES), said(_TRUNCATES), old)


def _is_number(column: ColumnFacts) -> bool:
    return column.data_type.endswith("INT") or column.data_type in {"INTEGER", "HUGEINT"}
