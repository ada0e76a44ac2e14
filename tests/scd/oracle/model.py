"""What the oracle speaks of: a source, settings, versions of keys, and what a run made of them.

Column names are written in lower case everywhere: to the oracle, case does not exist.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tests.scd.oracle.values import Value, canonical

Row = dict[str, Value]
Key = tuple[Any, ...]

META = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")


@dataclass(frozen=True)
class Source:
    """The rows of one run; for events, also which of them delete a key or every key."""

    types: dict[str, str]
    rows: list[Row]
    deletes: list[bool] = field(default_factory=list)
    truncates: list[bool] = field(default_factory=list)


@dataclass(frozen=True)
class Settings:
    """A snapshot's configuration; `scd` is `meta.scd`, its column names in lower case."""

    strategy: str
    unique_key: tuple[str, ...]
    updated_at: str | None = None
    check_cols: tuple[str, ...] | None = None
    """None: all."""

    hard_deletes: str = "ignore"
    scd: dict[str, Any] = field(default_factory=dict)
    allow: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    """The meta columns that have other names."""

    def meta_column(self, name: str) -> str:
        return self.renamed.get(name, name)

    def columns_of(self, option: str) -> list[str] | None:
        """The columns an option lists; None when it is not given."""
        listed = self.scd.get(option)
        return None if listed is None else list(listed)


@dataclass(frozen=True)
class Version:
    """A row of the history. `end` is None while it is open."""

    values: Row
    start: Value
    end: Value
    updated_at: Value
    deleted: bool = False

    @property
    def is_open(self) -> bool:
        return self.end is None

    def ends(self, at: Value) -> Version:
        return replace(self, end=at)


@dataclass(frozen=True)
class History:
    """Data columns with their types, and the versions in any order."""

    types: dict[str, str]
    versions: list[Version]

    def by_key(self, key: tuple[str, ...]) -> dict[Key, list[Version]]:
        """The versions of each key, oldest first."""
        found: dict[Key, list[Version]] = {}
        for version in sorted(self.versions, key=lambda version: version.start):
            found.setdefault(key_of(version.values, key, self.types), []).append(version)
        return found


@dataclass(frozen=True)
class Memory:
    """What a snapshot has behind it: its history, the runs on record, the accepted events."""

    history: History | None = None
    runs: int = 0
    last_run: datetime | None = None
    unique_key: tuple[str, ...] = ()
    has_deleted_column: bool = False
    replaced: list[Row] = field(default_factory=list)
    """Values that the history no longer shows, and going back would show again."""

    events: list[Event] = field(default_factory=list)
    event_types: dict[str, str] = field(default_factory=dict)

    def of_this_life(self) -> Memory:
        """Without what was beside a history that is gone: one that begins anew has none of it."""
        return self if self.history else replace(self, replaced=[], events=[], event_types={})


@dataclass(frozen=True)
class Event:
    """An accepted row of a change log."""

    values: Row
    sequence: tuple[Value, ...]
    kind: str
    """`row`, `delete` or `truncate`."""


@dataclass(frozen=True)
class Outcome:
    """Why a run was refused (names), or what it did."""

    refusals: frozenset[str] = frozenset()
    counts: Counter[str] = field(default_factory=Counter)


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """A run that must not write; `names` are the refusals."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(names))
        self.names = frozenset(names)


def key_of(values: Row, key: tuple[str, ...], types: dict[str, str]) -> Key:
    return tuple(canonical(values[column], types[column]) for column in key)
