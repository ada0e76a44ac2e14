"""Which column says how fresh a table is, and how old it may be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from platform_cli.project.identifiers import quoted, snake_case
from platform_cli.scaffold.facts.column_facts import TimeFacts
from platform_cli.scaffold.facts.key_candidates import count_of

LOADED = re.compile(
    r"(^|_)(loaded|load|ingested|ingestion|extracted|synced|imported|inserted|received|landed"
    r"|batched|dlt_load|etl|dwh?)(_|$)"
)
CHANGED = re.compile(
    r"(^|_)(updated|update|modified|changed|mtime|lastmodified|lastupdated|last_update"
    r"|last_modified|last_change)(_|$)"
)
_CREATED = re.compile(r"(^|_)(created|added|registered|published|recorded)(_|$)")
_GROWS = 0.9
_FEW = 5
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Freshness:
    """The column and the age to warn at, as dbt's config, and why."""

    config: dict[str, Any]
    because: str


def freshness(times: Iterable[TimeFacts], now: datetime) -> tuple[Freshness | None, str]:
    """A proposal with its reason, or why there is none.

    A time of loading counts more than one of change, creation, or the event itself. One that is
    NULL somewhere, lies in the future, or has few values says nothing about age; another one than
    of loading has to grow with the rows.
    """
    every = list(times)
    if not every:
        return None, "no time column"
    good: list[tuple[int, float, TimeFacts]] = []
    bad: list[str] = []
    for one in every:
        rank = _rank(one.name)
        if why := _why_not(one, rank):
            bad.append(f"{one.name} {why}")
        else:
            good.append((rank + one.data_type.startswith("DATE"), -(one.order or 0), one))
    if not good:
        return None, f"no time column that grows: {'; '.join(bad[:3])}"
    column = min(good, key=lambda one: one[:2])[2]
    assert column.first is not None  # noqa: S101  (it has values)
    assert column.last is not None  # noqa: S101
    days = _usual_wait(column)
    name = quoted(column.name)
    field = f"cast({name} as timestamp)" if column.data_type == "DATE" else name
    late = (now - column.last).total_seconds() / _DAY
    reasons = [
        _WORDS[_rank(column.name)],
        "never NULL",
        f"newest {column.last:%Y-%m-%d %H:%M}",
    ]
    if column.order is not None and column.order >= _GROWS:
        reasons.append("grows with the rows")
    because = f"{column.name}: {', '.join(reasons)}"
    because += f"; warns after {_in_words(days)}, three times the usual wait"
    if late > days:
        because += f" (it is {_in_words(late)} old already)"
    return Freshness(
        {"loaded_at_field": field, "freshness": {"warn_after": {"count": days, "period": "day"}}},
        because,
    ), ""


_WORDS = {
    0: "a time of loading, by its name",
    2: "a time of change, by its name",
    4: "a time of creation, by its name",
    6: "the time of an event",
}


def _rank(name: str) -> int:
    plain = snake_case(name)
    for rank, pattern in ((0, LOADED), (2, CHANGED), (4, _CREATED)):
        if pattern.search(plain):
            return rank
    return 6


def _why_not(one: TimeFacts, rank: int) -> str:
    if one.nulls:
        return f"is NULL in {count_of(one.nulls, 'row')}"
    if one.future:
        return f"lies in the future in {count_of(one.future, 'row')}"
    if rank and one.distinct < _FEW:
        return f"has {count_of(one.distinct, 'different value')}, too few to tell"
    if rank and (one.order is None or one.order < _GROWS):
        return "does not grow with the rows"
    return ""


def _usual_wait(one: TimeFacts) -> int:
    """Days to wait for the next value: three times as long as usual, a day at least."""
    assert one.first is not None  # noqa: S101  (it has values)
    assert one.last is not None  # noqa: S101
    span = (one.last - one.first).total_seconds() / _DAY
    return max(1, math.ceil(3 * span / max(1, one.distinct - 1)))


def _in_words(days: float) -> str:
    whole = math.ceil(days)
    return "1 day" if whole == 1 else f"{whole} days"
