"""A run over the full current state: strategies `timestamp` and `check`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from tests.scd.oracle import refusals
from tests.scd.oracle.column_types import FLOATS, is_number
from tests.scd.oracle.model import History, Memory, Outcome, Refused, Row, Settings, Source, Version
from tests.scd.oracle.schema import grow
from tests.scd.oracle.values import Value, close, same, spells_the_same, utc

MANY = 10
"""Fewer closed or changed keys alarm nobody."""


def run(memory: Memory, source: Source, settings: Settings, at: datetime) -> tuple[Memory, Outcome]:
    """What is there after the run, and what the run says; after a refusal, what was there."""
    try:
        return _run(memory.of_this_life(), source, settings, at)
    except Refused as refused:
        return memory, Outcome(refused.names)


def _run(
    memory: Memory, source: Source, settings: Settings, at: datetime
) -> tuple[Memory, Outcome]:
    refusals.check_before(memory, source, settings)
    refusals.check_history(memory, settings)
    before = memory.history or History({}, [])
    history, replaced, source = grow(before, memory.replaced, source)
    refusals.check_tolerance(history.types, settings)
    rows = refusals.rows_by_key(source, settings, history.types)
    past = history.by_key(settings.unique_key)

    counts: Counter[str] = Counter(source=len(source.rows))
    present = Present(
        settings, source, history, at, before=before.types, first=memory.history is None
    )
    versions: list[Version] = []
    for key in past.keys() | rows.keys():
        kept, what = present.of_key(past.get(key, []), rows.get(key))
        versions += kept
        counts[what] += 1
    check_guards(counts, rows, past, settings)
    if any(version.end is not None and version.start >= version.end for version in versions):
        raise Refused("clock")
    changed = any(counts[what] for what in WRITTEN)
    refusals.check_clock(memory, at, changed=changed)

    counts["open"] = sum(version.is_open for version in versions)
    counts["versions"] = len(versions)
    after = replace(
        memory,
        history=History(history.types, versions),
        runs=memory.runs + 1,
        last_run=at,
        unique_key=settings.unique_key,
        has_deleted_column=memory.has_deleted_column or settings.hard_deletes == "new_record",
        replaced=replaced + present.replaced,
    )
    return after, Outcome(counts=counts)


WRITTEN = ("new", "returned", "changed", "closed", "overwritten", "late")


class Present:
    """One source meets the versions of each key."""

    def __init__(
        self,
        settings: Settings,
        source: Source,
        history: History,
        at: datetime,
        *,
        before: dict[str, str],
        first: bool,
    ) -> None:
        self.settings = settings
        self.source = source
        self.types = history.types
        self.at = at
        self.first = first
        self.tracked = tracked_columns(settings, source)
        self.respelled = respelled_columns(before, source.types, history.types)
        self.replaced: list[Row] = []

    def of_key(self, past: list[Version], row: Row | None) -> tuple[list[Version], str]:
        """The key's versions after the run, and what happened to it."""
        now = next((version for version in past if version.is_open), None)
        there = now if now and not now.deleted else None
        if row is None:
            return self.missing(past, there) if there else (past, "nothing")
        if not past:
            return [self.version(row, self.start_of_new(row))], "new"
        if there is None:
            return self.returned(past, now, row), "returned"
        if self.differs(there, row):
            return self.changed(past, there, row)
        shown = self.shown(there, row)
        if self.as_shown(there) == self.as_shown(shown):
            return past, "unchanged"
        self.replaced.append(there.values)
        return [*(each for each in past if each is not there), shown], "overwritten"

    def missing(self, past: list[Version], there: Version) -> tuple[list[Version], str]:
        if self.settings.hard_deletes == "ignore":
            return past, "nothing"
        others = [each for each in past if each is not there]
        closed = [*others, there.ends(self.at)]
        if self.settings.hard_deletes == "new_record":
            closed.append(Version(there.values, self.at, None, self.at, deleted=True))
        return closed, "closed"

    def returned(self, past: list[Version], record: Version | None, row: Row) -> list[Version]:
        last_end = record.start if record else max(each.end for each in past)
        new = self.version(row, self.start_after(last_end, row))
        return [*(each.ends(new.start) if each is record else each for each in past), new]

    def changed(self, past: list[Version], there: Version, row: Row) -> tuple[list[Version], str]:
        moment = self.moment(row)
        if self.settings.strategy == "check" and moment is not None and moment < there.start:
            twin = next((each for each in past if each.start == moment), None)
            if twin is None:
                return self.late(past, row, moment), "late"
            if not self.differs(twin, row):
                return past, "unchanged"
        new = self.version(row, self.start_after(there.start, row))
        return [*(each.ends(new.start) if each is there else each for each in past), new], "changed"

    def late(self, past: list[Version], row: Row, moment: Value) -> list[Version]:
        following = min(each.start for each in past if each.start > moment)
        around = [
            each.ends(moment)
            if each.start < moment and (each.end is None or moment < each.end)
            else each
            for each in past
        ]
        return [*around, self.version(row, moment).ends(following)]

    def version(self, row: Row, start: Value) -> Version:
        moment = self.moment(row)
        return Version(row, start, None, self.at if moment is None else moment)

    def moment(self, row: Row) -> Value:
        """The row's own time, in UTC; None when it has none."""
        return utc(row[self.settings.updated_at]) if self.settings.updated_at else None

    def start_of_new(self, row: Row) -> Value:
        if self.first and "initial_valid_from" in self.settings.scd:
            return self.settings.scd["initial_valid_from"]
        moment = self.moment(row)
        return self.at if moment is None else min(moment, self.at)

    def start_after(self, last: Value, row: Row) -> Value:
        moment = self.moment(row)
        return moment if moment is not None and last < moment <= self.at else self.at

    def differs(self, version: Version, row: Row) -> bool:
        return any(
            not self.equal(column, version.values[column], row[column]) for column in self.tracked
        )

    def equal(self, column: str, old: Value, new: Value) -> bool:
        if same(old, new, self.types[column]):
            return True
        if column in self.respelled:
            return spells_the_same(old, new, as_float=self.respelled[column])
        tolerance = self.settings.scd.get("tolerance", {}).get(column)
        return tolerance is not None and close(old, new, tolerance)

    def shown(self, there: Version, row: Row) -> Version:
        """The open version with the newest values of what is not tracked."""
        moment = self.moment(row)
        values = {
            column: old
            if column not in self.source.types
            or (column in self.tracked and column not in self.respelled)
            else row[column]
            for column, old in there.values.items()
        }
        return replace(
            there, values=values, updated_at=there.updated_at if moment is None else moment
        )

    def as_shown(self, version: Version) -> tuple[object, ...]:
        return refusals.whole(version.values, self.types), version.updated_at


def respelled_columns(
    before: dict[str, str], now: dict[str, str], after: dict[str, str]
) -> dict[str, bool]:
    """The columns where numbers meet text, each with whether floating numbers meet texts."""
    return {
        column: "VARCHAR" in (old, kind) and (old in FLOATS or kind in FLOATS)
        for column, kind in now.items()
        if (old := before.get(column, kind)) != kind
        and after[column] == "VARCHAR"
        and (is_number(old) or is_number(kind))
    }


def tracked_columns(settings: Settings, source: Source) -> list[str]:
    """The columns in which a difference makes a new version."""
    own = {*settings.unique_key, *([settings.updated_at] if settings.updated_at else [])}
    every = [column for column in source.types if column not in own]
    named = settings.columns_of("track_columns")
    if named is None:
        named = every if settings.check_cols is None else list(settings.check_cols)
    ignored = settings.columns_of("ignore_columns") or []
    return [column for column in named if column not in ignored]


def check_guards(
    counts: Counter[str],
    rows: object,
    past: dict[tuple[object, ...], list[Version]],
    settings: Settings,
) -> None:
    """Raise Refused when so much changes that the source is the likelier mistake."""
    there = sum(
        each.is_open and not each.deleted for versions in past.values() for each in versions
    )
    names = set()
    if not rows and counts["closed"] and refusals.is_on("empty_source", settings):
        names.add("empty_source")
    for guard, what, share in (("mass_delete", "closed", 0.2), ("mass_change", "changed", 0.6)):
        most = refusals.limit(guard, share, settings) * there
        if refusals.is_on(guard, settings) and counts[what] > MANY and counts[what] > most:
            names.add(guard)
    if names:
        raise Refused(*names)
