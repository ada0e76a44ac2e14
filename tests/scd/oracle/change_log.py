"""A history from events: a function of the set of all accepted ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from tests.scd.oracle import refusals
from tests.scd.oracle.model import (
    Event,
    History,
    Key,
    Memory,
    Outcome,
    Refused,
    Row,
    Settings,
    Source,
    Version,
    key_of,
)
from tests.scd.oracle.schema import fitted, grown
from tests.scd.oracle.values import Value, close, same, utc


def run(memory: Memory, source: Source, settings: Settings, at: datetime) -> tuple[Memory, Outcome]:
    """What is there after the run, and what the run says; after a refusal, what was there."""
    try:
        refusals.check_before(memory, source, settings)
        types, events = accepted(memory.of_this_life(), source, settings)
        refusals.check_tolerance(types, settings)
    except Refused as refused:
        return memory, Outcome(refused.names)
    history = history_of(events, types, settings)
    after = replace(
        memory,
        history=history,
        runs=memory.runs + 1,
        last_run=at,
        unique_key=settings.unique_key,
        has_deleted_column=memory.has_deleted_column or settings.hard_deletes == "new_record",
        events=remembered(events, types, settings),
        event_types=types,
    )
    still = sum(version.is_open for version in history.versions)
    counts = Counter(source=len(source.rows), open=still, versions=len(history.versions))
    return after, Outcome(counts=counts)


def accepted(
    memory: Memory, source: Source, settings: Settings
) -> tuple[dict[str, str], list[Event]]:
    """All events up to now, each once; raise Refused for a NULL key and for a contradiction."""
    types = grown(memory.event_types, [event.values for event in memory.events], source)
    names = refusals.null_sequences(source, settings)
    events = [
        Event(fitted(event.values, memory.event_types, types), event.sequence, event.kind)
        for event in memory.events
    ]
    for number, row in enumerate(source.rows):
        event = Event(fitted(row, source.types, types), sequence_of(row, settings), "row")
        if source.deletes and source.deletes[number]:
            event = replace(event, kind="delete")
        if source.truncates and source.truncates[number]:
            event = replace(event, kind="truncate")
        if event.kind != "truncate" and None in [row[column] for column in settings.unique_key]:
            names.add("null_key")
        events.append(event)
    once: dict[object, Event] = {}
    for event in events:
        what: object = refusals.whole(event.values, types)
        if event.kind == "delete":  # it has no values
            what = (event.kind, key_of(event.values, settings.unique_key, types))
        once.setdefault((what, event.sequence), event)
    places = Counter(
        (key_of(event.values, settings.unique_key, types), event.sequence)
        for event in once.values()
        if event.kind != "truncate"
    )
    if any(number > 1 for number in places.values()):
        names.add("conflicting_events")
    if names:
        raise Refused(*names)
    return types, list(once.values())


def remembered(events: list[Event], types: dict[str, str], settings: Settings) -> list[Event]:
    """What later events may contradict; of `type: 1` the last of each key, or a truncate."""
    if settings.scd.get("type") != 1 or settings.scd.get("ignore_null_updates"):
        return events
    last: dict[Key, Event] = {}
    for event in sorted(events, key=lambda each: each.sequence):
        if event.kind != "truncate":
            last[key_of(event.values, settings.unique_key, types)] = event
    truncates = [each for each in events if each.kind == "truncate"]
    begin = max((each.sequence for each in truncates), default=())
    return truncates + [each for each in last.values() if each.sequence >= begin]


def sequence_of(row: Row, settings: Settings) -> tuple[Value, ...]:
    """The event's place: `updated_at`, then what breaks ties."""
    columns = [settings.updated_at or "", *(settings.columns_of("sequence_by") or [])]
    return tuple(utc(row[column]) for column in columns)


def history_of(events: list[Event], types: dict[str, str], settings: Settings) -> History:
    """The history that the events make, whatever order they came in."""
    truncates = [event for event in events if event.kind == "truncate"]
    of_key: dict[Key, list[Event]] = {}
    for event in events:
        if event.kind != "truncate":
            of_key.setdefault(key_of(event.values, settings.unique_key, types), []).append(event)
    versions: list[Version] = []
    for own in of_key.values():
        versions += versions_of_key([*own, *truncates], types, settings)
    return History(types, versions)


def versions_of_key(
    events: list[Event], types: dict[str, str], settings: Settings
) -> list[Version]:
    """Steps 2 to 8 for one key."""
    ordered = sorted(events, key=lambda event: (event.sequence, event.kind != "truncate"))
    filled = fill_nulls(ordered, types, settings)
    since = settings.scd.get("initial_valid_from")
    if settings.scd.get("type") == 1:
        last = filled[-1]
        moment = last.sequence[0]
        start = moment if since is None else min(since, moment)
        return [Version(last.values, start, None, moment)] if last.kind == "row" else []
    last_of_moment = {event.sequence[0]: event for event in filled}
    versions: list[Version] = []
    for event in last_of_moment.values():
        follow(versions, event, types, settings)
    if since is not None and versions:
        versions[0] = replace(versions[0], start=min(since, versions[0].start))
    return versions


def fill_nulls(events: list[Event], types: dict[str, str], settings: Settings) -> list[Event]:
    """Step 3: a NULL keeps the value before it, in the same life of the key."""
    option = settings.scd.get("ignore_null_updates", False)
    columns = option if isinstance(option, list) else list(types) if option else []
    filled: list[Event] = []
    for event in events:
        before = filled[-1] if filled else None
        if before is None or before.kind != "row" or event.kind != "row":
            filled.append(event)
            continue
        values: Row = {
            column: before.values[column] if column in columns and value is None else value
            for column, value in event.values.items()
        }
        filled.append(replace(event, values=values))
    return filled


def follow(
    versions: list[Version], event: Event, types: dict[str, str], settings: Settings
) -> None:
    """Steps 5 and 6: the event comes after all that made these versions."""
    moment = event.sequence[0]
    last = versions[-1] if versions and versions[-1].is_open else None
    if event.kind != "row":
        if last is None or last.deleted:
            return
        versions[-1] = last.ends(moment)
        if settings.hard_deletes == "new_record":
            versions.append(Version(last.values, moment, None, moment, deleted=True))
        return
    if last is not None and not last.deleted and not differs(last, event.values, types, settings):
        kept = tracked_columns(types, settings)
        values = {
            column: last.values[column] if column in kept else value
            for column, value in event.values.items()
        }
        versions[-1] = replace(last, values=values, updated_at=moment)
        return
    if last is not None:
        versions[-1] = last.ends(moment)
    versions.append(Version(event.values, moment, None, moment))


def differs(version: Version, row: Row, types: dict[str, str], settings: Settings) -> bool:
    """Whether a tracked column has another value than in the version."""
    tolerance = settings.scd.get("tolerance", {})

    def equal(column: str, old: Value, new: Value) -> bool:
        near = column in tolerance and close(old, new, tolerance[column])
        return near or same(old, new, types[column])

    tracked = tracked_columns(types, settings)
    return any(not equal(column, version.values[column], row[column]) for column in tracked)


def tracked_columns(types: dict[str, str], settings: Settings) -> list[str]:
    """The columns in which a difference makes a new version."""
    named = settings.columns_of("track_columns")
    if named is None:
        own = {settings.updated_at, *settings.unique_key}
        own |= set(settings.columns_of("sequence_by") or [])
        named = [column for column in types if column not in own]
    ignored = settings.columns_of("ignore_columns") or []
    return [column for column in named if column not in ignored]
