"""What is refused before a row is compared."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise

from tests.scd.oracle.column_types import INTEGERS, is_number, is_time
from tests.scd.oracle.model import Key, Memory, Refused, Row, Settings, Source, key_of
from tests.scd.oracle.values import canonical

OPTIONS = {
    "sequence_by",
    "delete_when",
    "truncate_when",
    "ignore_null_updates",
    "track_columns",
    "ignore_columns",
    "type",
    "initial_valid_from",
    "guards",
    "tolerance",
}
LISTS = ("sequence_by", "track_columns", "ignore_columns")


def check_before(memory: Memory, source: Source, settings: Settings) -> None:
    """Raise Refused for all that can be said without looking at a row."""
    names: set[str] = set()
    checks: list[Callable[[], None]] = [
        partial(check_columns, source, settings),
        partial(check_sequence_type, source, settings),
        partial(check_not_lost, memory, settings),
    ]
    for check in checks:
        try:
            check()
        except Refused as refused:
            names |= refused.names
    if names:
        raise Refused(*names)


def check_columns(source: Source, settings: Settings) -> None:
    """Raise Refused when names do not fit."""
    names = set()
    if set(settings.scd) - OPTIONS:
        names.add("unknown_setting")
    named = [*settings.unique_key, *(settings.check_cols or [])]
    named += [settings.updated_at] if settings.updated_at else []
    for option in LISTS:
        named += settings.columns_of(option) or []
    named += list(settings.scd.get("tolerance", {}))
    nulls = settings.scd.get("ignore_null_updates")
    named += nulls if isinstance(nulls, list) else []
    if set(named) - set(source.types):
        names.add("missing_column")
    own = {"dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to"}
    own |= {"dbt_is_deleted"} if settings.hard_deletes == "new_record" else set()
    if {settings.meta_column(name) for name in own} & set(source.types):
        names.add("reserved_column")
    if names:
        raise Refused(*names)


def check_tolerance(types: dict[str, str], settings: Settings) -> None:
    """Raise Refused when a tolerance is for what is no number, or no longer one."""
    tolerated = settings.scd.get("tolerance", {})
    if not all(is_number(types[column]) for column in tolerated):
        raise Refused("unknown_setting")


def check_sequence_type(source: Source, settings: Settings) -> None:
    """Raise Refused when `updated_at` does not order as time."""
    if settings.updated_at is None:
        return
    kind = source.types.get(settings.updated_at)
    if kind is None:
        return  # a missing column
    if not is_time(kind) and not (settings.strategy == "change_log" and kind in INTEGERS):
        raise Refused("sequence_type")


def null_sequences(source: Source, settings: Settings) -> set[str]:
    """The refusal of rows that have no place in time."""
    columns = [settings.updated_at] if settings.updated_at else []
    columns += settings.columns_of("sequence_by") or []
    missing = any(row[column] is None for row in source.rows for column in columns)
    return {"null_sequence"} if missing else set()


def rows_by_key(source: Source, settings: Settings, types: dict[str, str]) -> dict[Key, Row]:
    """One row per key; raise Refused for NULLs where none may be and for two rows of one key."""
    names = null_sequences(source, settings)
    found: dict[Key, Row] = {}
    for row in source.rows:
        if any(row[column] is None for column in settings.unique_key):
            names.add("null_key")
            continue
        known = found.setdefault(key_of(row, settings.unique_key, types), row)
        if whole(known, types) != whole(row, types):
            names.add("duplicate_key")
    if names:
        raise Refused(*names)
    return found


def whole(row: Row, types: dict[str, str]) -> tuple[object, ...]:
    """A row as something to compare."""
    return tuple(canonical(row[column], kind) for column, kind in types.items())


def check_not_lost(memory: Memory, settings: Settings) -> None:
    """Raise Refused when there is no history although runs are on record."""
    if memory.history is None and memory.runs and is_on("missing_history", settings):
        raise Refused("missing_history")


def check_history(memory: Memory, settings: Settings) -> None:
    """Raise Refused when the history is unsound or does not fit the key."""
    history = memory.history
    if history is None:
        return
    wrong = "unsound_history" if memory.unique_key == settings.unique_key else "key_change"
    key = set(settings.unique_key)
    if not key <= set(history.types):
        raise Refused(wrong)
    for version in history.versions:
        if any(version.values[column] is None for column in key):
            raise Refused(wrong)
    for versions in history.by_key(settings.unique_key).values():
        still = [version for version in versions if version.is_open]
        empty = [each for each in versions if not each.is_open and each.start >= each.end]
        overlap = any(one.end is None or two.start < one.end for one, two in pairwise(versions))
        if len(still) > 1 or empty or overlap:
            raise Refused(wrong)


def is_on(guard: str, settings: Settings) -> bool:
    """Whether a guard is in force."""
    return guard not in settings.allow and settings.scd.get("guards", {}).get(guard) is not False


def limit(guard: str, default: float, settings: Settings) -> float:
    """A guard's share of the open versions."""
    given = settings.scd.get("guards", {}).get(guard)
    return default if given is None or isinstance(given, bool) else float(given)


def check_clock(memory: Memory, at: datetime, *, changed: bool) -> None:
    """Raise Refused when the run is not after the last one on record of this history."""
    if memory.last_run is None or memory.history is None:
        return
    if at < memory.last_run or (at == memory.last_run and changed):
        raise Refused("clock")
