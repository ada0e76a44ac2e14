"""Does a key mean the same in every session's time zone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.warehouse import rows

if TYPE_CHECKING:
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection

_ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")
"""At any time it is another day than in UTC in the first or in the second, in the third it is
never the same minute of the hour."""


def key_time_zone(connection: Connection, history: HistoryTable) -> str:
    """A sentence when other time zones would give the versions other keys, or nothing.

    Only of a history without a run on record: a run of ours refuses such a key, and nobody knows
    in which time zone another tool worked.
    """
    expressions = [
        key for key, type_ in zip(history.key, history.key_types, strict=True) if not type_
    ]
    if history.runs or not expressions or not _meets_a_zone(history, expressions):
        return ""
    hashed = f"select sum(hash({', '.join(expressions)})) from {history.table()}"
    ((zone,),) = rows(connection, "select current_setting('TimeZone')")
    found = set()
    try:
        for one in ("UTC", *_ZONES):
            rows(connection, f"set TimeZone = '{one}'")
            found |= set(rows(connection, hashed))
    finally:
        rows(connection, f"set TimeZone = '{zone}'")
    if len(found) == 1:
        return ""
    return (
        f"unique_key is {', '.join(history.node.unique_key)}, which gives other keys in other time"
        " zones, and nothing says in which one this history was written"
    )


def insist_on_one_key_in_every_zone(connection: Connection, history: HistoryTable) -> None:
    """Raise PlatformError (exit code 1) when other time zones would give other keys.

    In the wrong one true versions look like faults.
    """
    if said := key_time_zone(connection, history):
        raise PlatformError(
            f"{history.name}: {said}; in the wrong one true versions would look like faults",
            where=history.where(),
            hint="nothing was written; name the zone that dbt ran in, as in"
            " date_trunc('day', seen_at at time zone 'Europe/Berlin')",
            exit_code=ExitCode.FINDINGS,
        )


def _meets_a_zone(history: HistoryTable, expressions: list[str]) -> bool:
    """Without a time with a zone in it no expression depends on one."""
    text = " ".join([*expressions, *(type_ for _, type_ in history.columns)])
    return bool(re.search("time zone|timestamptz", text, re.IGNORECASE))
