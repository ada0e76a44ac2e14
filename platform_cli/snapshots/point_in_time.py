"""A point in time as people, file names and histories spell it."""

from __future__ import annotations

from datetime import UTC, datetime


def point_in_time(text: str) -> datetime:
    """The time that a date or time in ISO 8601 means; without an offset it is UTC.

    Raises ValueError for any other text.
    """
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
