"""Times of a history as people read them: as short as they can be without becoming alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from platform_cli.reporting.table import cell


def precision(values: Iterable[Any]) -> str:
    """What has to be shown of these times: "days", "seconds" or "microseconds".

    Fractions of a second only when two different times would look the same without them.
    """
    times = {one for one in values if isinstance(one, datetime)}
    if all(one.time() == time() for one in times):
        return "days"
    if len({one.replace(microsecond=0) for one in times}) == len(times):
        return "seconds"
    return "microseconds"


def moment(value: Any, shown: str) -> str:
    """One time at that precision; what is no time as it is."""
    if not isinstance(value, datetime):
        return value.isoformat() if isinstance(value, date) else cell(value)
    plain = value.replace(tzinfo=None)
    if shown == "days":
        return plain.date().isoformat()
    return plain.isoformat(sep=" ", timespec=shown)
