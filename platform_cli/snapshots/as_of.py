"""A table as it was at a time, from its history."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.reporting.moment import moment, precision
from platform_cli.reporting.table import Table
from platform_cli.snapshots.history_table import is_time
from platform_cli.snapshots.recorded_key import insist_on_a_key
from platform_cli.warehouse import literal, quoted, rows

if TYPE_CHECKING:
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection

_TIME = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
"""What `--run-at` takes, too."""

_WHOLE_NUMBERS = frozenset({"BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT"})


def as_of(connection: Connection, history: HistoryTable, at: str, limit: int) -> Table:
    """The first `limit` rows, in the order of their keys, with the source's columns.

    Raises PlatformError (exit code 2) when `at` is no time, or one before the history begins;
    (1) when the history's times are no times, or it has no such key.
    """
    insist_on_a_key(connection, history)
    start, end = history.col("dbt_valid_from"), history.col("dbt_valid_to")
    type_ = dict(history.columns)[history.meta["dbt_valid_from"]]
    if not is_time(type_) and type_ not in _WHOLE_NUMBERS:
        raise PlatformError(
            f"{history.name}: the column {history.meta['dbt_valid_from']} is {type_} and no time,"
            " so what held at a time cannot be said",
            where=history.where(),
            hint=f"make {start} and {end} timestamps: alter table {history.table()} alter ... type"
            " timestamp",
            exit_code=ExitCode.FINDINGS,
        )
    time = _sql(at, type_)
    ((first, before),) = rows(
        connection, f"select min({start}), min({start}) > {time} from {history.table()}"
    )
    if before:
        raise PlatformError(
            f"{history.name}: its history begins {moment(first, precision([first]))}, so nothing"
            f" is known of {at}",
            where=history.where(),
            hint="take a later time",
        )
    found = rows(
        connection,
        f"select {', '.join(quoted(name) for name in history.data)} from {history.table()}"
        f" where {start} <= {time} and ({history.is_open} or {time} < {end})"
        f" and not {history.deleted} order by {', '.join(history.key)} limit {limit + 1}",
    )
    return Table(history.data, tuple(found[:limit]), more=len(found) > limit)


def after_the_last_look(history: HistoryTable, at: str) -> datetime | None:
    """The time of the last recorded run when `at` lies after it: what came since is not known."""
    if not history.runs or not _TIME.fullmatch(at):
        return None
    last = history.runs[-1].at
    time = _moment(at)
    return last if time and time > last else None


def _moment(at: str) -> datetime | None:
    """In UTC; None of a day or an hour that does not exist."""
    try:
        time = datetime.fromisoformat(at)
        return (
            (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
        )
    except (ValueError, OverflowError):
        return None


def _sql(at: str, type_: str) -> str:
    """The time as SQL, in the type of the history's times."""
    if type_ in _WHOLE_NUMBERS:
        if not re.fullmatch(r"-?\d+", at, re.ASCII):
            raise PlatformError(
                f"{at!r} is no number", hint="the times of this history are whole numbers"
            )
        return at
    time = _moment(at) if _TIME.fullmatch(at) else None
    if time is None:
        raise PlatformError(
            f"{at!r} is no time",
            hint="for example 2026-09-05, 2026-09-05T06:00:00 (UTC) or 2026-09-05T06:00:00+02:00",
        )
    return f"cast({literal(time.isoformat(sep=' '))} as timestamp)"
