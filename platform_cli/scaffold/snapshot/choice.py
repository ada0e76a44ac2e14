"""How a snapshot should see changes, by what its table holds: the choice, why, and what to mind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.identifiers import quoted as as_identifier
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.facts.column_facts import TableFacts, TimeFacts
from platform_cli.scaffold.facts.freshness import CHANGED, LOADED
from platform_cli.scaffold.facts.key_candidates import count_of, key_candidates, nearest, repeated
from platform_cli.scaffold.snapshot.change_log import ChangeLog, change_log, log_keys

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection

_SOFT_DELETE = re.compile(r"_*(is_)?(deleted|removed|archived)(_at|_on|_flag|_date)?")
_RESERVED = {"dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted"}
_SHARE = 0.5
_MANY = 20
_FEW = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person says; the rest is proposed."""

    key: tuple[str, ...] = ()
    strategy: str | None = None
    updated_at: str | None = None
    hard_deletes: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The settings of a snapshot (dbt's config), why they are so, and what would go wrong."""

    key: tuple[str, ...]
    config: dict[str, Any]
    because: tuple[str, ...]
    warnings: tuple[str, ...]


def choose(
    connection: Connection,
    table: TableFacts,
    times: Sequence[TimeFacts],
    subject: str,
    wishes: Wishes,
    *,
    of_source: bool,
) -> Choice:
    """Key, strategy and deletes for a table; `subject` is what its rows are.

    `of_source` is whether it is read as it is loaded: then columns to compare are named. Raises
    PlatformError for a column that is not there, and when no key is found or nothing can be known.
    """
    columns = [one.name for one in table.columns]
    key = tuple(_named(columns, one, "--key") for one in wishes.key)
    given = _named(columns, wishes.updated_at, "--updated-at") if wishes.updated_at else None
    if not table.rows and not (key and wishes.strategy):
        raise PlatformError(
            "it has no rows: neither a key nor a strategy can be told from the data",
            hint="say both: --key COLUMN --strategy check",
        )
    because: list[str] = []
    log = None
    if wishes.strategy in (None, "change_log"):
        log = change_log(connection, table, times)
    if wishes.strategy == "change_log" and log is None:
        raise PlatformError(
            "change_log needs a column that says what happened, and a time or number that orders",
            hint="no column holds words as insert, update, delete; is it the current state?"
            " Then --strategy check",
        )
    if not key:
        key = _key(connection, table, log, subject, because)
    strategy = wishes.strategy or ("change_log" if log else None)
    names = [as_identifier(one) for one in key]
    config: dict[str, Any] = {"unique_key": names[0] if len(names) == 1 else names}
    warnings: list[str] = []
    reserved = [one for one in columns if one.lower() in _RESERVED]
    if reserved:
        warnings.append(
            f"{', '.join(reserved)}: a history has columns of its own that are called so, and a run"
            " refuses that; rename them in a model, and take the snapshot of that"
        )
    proven = not wishes.key and not log
    warnings += _key_warnings(connection, table, key, log=bool(log), proven=proven)
    if log:
        config |= _of_log(log, given, because)
        warnings += _log_warnings(log)
    else:
        changed = _changed(times, given, wishes.strategy, because)
        strategy = strategy or ("timestamp" if changed else "check")
        if strategy == "timestamp":
            if changed is None:
                raise PlatformError(
                    "timestamp needs a column that says when a row changed, never NULL",
                    hint=_why_none(times) + "; --strategy check compares the values",
                )
            config |= {"strategy": "timestamp", "updated_at": as_identifier(changed)}
            if loaded := _loaded(table, (*key, changed)):
                config["meta"] = {"scd": {"ignore_columns": loaded}}
                because.append(_NOT_COMPARED.format(", ".join(loaded)))
            warnings += _timestamp_warnings(changed, times, table.rows)
        else:
            config |= _of_check(table, key, because, of_source=of_source)
        warnings += _float_warnings(table, config)
        config["hard_deletes"] = _deletes(table, wishes.hard_deletes, because, warnings)
    return Choice(key, config, tuple(because), tuple(warnings))


def _named(columns: Sequence[str], wish: str, option: str) -> str:
    found = next((one for one in columns if one.lower() == wish.lower()), None)
    if found is None:
        some = ", ".join(columns[:_MANY]) + (", ..." if len(columns) > _MANY else "")
        raise PlatformError(
            f"{option} {wish!r} is not a column of it",
            hint=did_you_mean(wish, columns) or f"it has {some}",
        )
    return found


def _key(
    connection: Connection,
    table: TableFacts,
    log: ChangeLog | None,
    subject: str,
    because: list[str],
) -> tuple[str, ...]:
    if log:
        found = log_keys(connection, table, log, subject)
        how = f"with {log.updated_at} it identifies each of {table.rows:,} events"
    else:
        found = key_candidates(connection, table, subject)
        how = f"unique and never NULL in all {count_of(table.rows, 'row')}"
    if not found:
        near = nearest(connection, table, subject)
        what = near and (near.words or "some of its rows are there several times, all alike")
        closest = f"; the nearest is {near.columns[0]}: {what}" if near else ""
        raise PlatformError(
            f"no key was found: no column, and no two or three, identify a row{closest}",
            hint="name it with --key COLUMN (again for each part), or mend the rows first",
        )
    because.append(f"key {' and '.join(found[0])}: {how}")
    if others := [" and ".join(one) for one in found[1:4]]:
        because.append(f"other keys that hold: {', '.join(others)}; --key chooses")
    return found[0]


def _key_warnings(
    connection: Connection, table: TableFacts, key: Sequence[str], *, log: bool, proven: bool
) -> Iterator[str]:
    if not table.rows:
        yield "it has no rows now: nothing about key and strategy is proven"
        return
    words = " and ".join(key)
    if proven:
        if table.rows < _MANY:
            proof = count_of(table.rows, "row")
            yield f"{words} is proven on {proof} only; so few may be unique by accident"
        return
    found = repeated(connection, table.relation, key)
    if found.nulls:
        yield f"{words} is {found.missing}: a run refuses that, a row needs a key"
    if found.keys and not log:
        yield (
            f"{words} is no key: {found.several}, which differ; a run refuses that, because nobody"
            " could tell which one is the row of today"
        )


def _of_log(log: ChangeLog, given: str | None, because: list[str]) -> dict[str, Any]:
    scd: dict[str, Any] = {}
    if log.sequence_by:
        scd["sequence_by"] = [log.sequence_by]
    if log.delete_when:
        scd["delete_when"] = log.delete_when
    if log.truncate_when:
        scd["truncate_when"] = log.truncate_when
    because.append(
        f"strategy change_log: {log.operation} says what happened, so the rows are events and not"
        f" the current state; {given or log.updated_at} orders them"
        + (f", and {log.sequence_by} those of one time" if log.sequence_by else "")
    )
    order = as_identifier(given or log.updated_at)
    config = {"strategy": "change_log", "updated_at": order, "hard_deletes": "invalidate"}
    return config | ({"meta": {"scd": scd}} if scd else {})


def _log_warnings(log: ChangeLog) -> Iterator[str]:
    if log.old_values:
        yield (
            f"rows with {log.operation} {', '.join(log.old_values)} hold the values before the"
            " change: leave them out in a model, or they become versions"
        )
    if not log.delete_when:
        yield f"no {log.operation} says delete yet: add meta.scd.delete_when when one can come"
    yield "only platform_macros knows change_log: stock dbt stops at it"


def _changed(
    times: Sequence[TimeFacts], given: str | None, strategy: str | None, because: list[str]
) -> str | None:
    """The column that says when a row changed; None when none does reliably."""
    if given:
        return given
    for one in times:
        if CHANGED.search(snake_case(one.name)) and not _why_not(one):
            if strategy in (None, "timestamp"):
                because.append(
                    f"strategy timestamp: {one.name} says when a row changed; it is never NULL,"
                    f" has {one.distinct:,} different values, and none in the future"
                )
            return one.name if strategy != "check" else None
    if strategy is None:
        because.append(f"strategy check: {_why_none(times)}, so the values are compared")
    return None


def _why_not(one: TimeFacts) -> str:
    if one.nulls:
        return f"is NULL in {count_of(one.nulls, 'row')}"
    if one.future:
        return f"lies in the future in {count_of(one.future, 'row')}"
    return "is the same in all rows" if one.distinct == 1 else ""


def _why_none(times: Sequence[TimeFacts]) -> str:
    named = [one for one in times if CHANGED.search(snake_case(one.name))]
    if not named:
        return "no column is called like a time of change"
    return "; ".join(f"{one.name} {_why_not(one)}" for one in named[:3])


def _timestamp_warnings(changed: str, times: Sequence[TimeFacts], total: int) -> Iterator[str]:
    one = next((time for time in times if time.name == changed), None)
    if one is None:
        return
    if one.nulls:
        yield f"{changed} is NULL in {count_of(one.nulls, 'row')}: a run refuses that"
    if one.data_type == "DATE":
        yield (
            f"{changed} is a date: two changes of a day look like one time. platform_macros sees"
            " the second by its values, stock dbt never does"
        )
    rows = one.most_of_one
    if rows > _MANY and rows > _SHARE * total:
        yield (
            f"{rows:,} rows have the very same {changed}: if that is when they were loaded, it"
            " moves though nothing changed, and may not move when something does"
        )
    later = [
        other.name
        for other in times
        if other.name != changed
        and not other.future
        and other.last
        and one.last
        and other.last > one.last
        and not LOADED.search(snake_case(other.name))
    ]
    if later:
        yield (
            f"{', '.join(later)} goes on after the newest {changed}: does {changed} move with every"
            " change? Where it does not, platform_macros notices by the values, stock dbt does not"
        )


def _of_check(
    table: TableFacts, key: Sequence[str], because: list[str], *, of_source: bool
) -> dict[str, Any]:
    loaded = _loaded(table, key)
    config: dict[str, Any] = {"strategy": "check"}
    if not of_source and not loaded:
        return config | {"check_cols": "all"}
    if loaded:
        because.append(_NOT_COMPARED.format(", ".join(loaded)))
    leave = {*key, *loaded}
    compared = [as_identifier(one.name) for one in table.columns if one.name not in leave]
    return config | {"check_cols": compared or "all"}  # dbt takes no empty list


_NOT_COMPARED = (
    "{} is not compared: a time of loading changes with every load, and each would make a version"
    " of every row"
)


def _loaded(table: TableFacts, others: Sequence[str]) -> list[str]:
    return [
        one.name
        for one in table.columns
        if one.is_time and LOADED.search(snake_case(one.name)) and one.name not in others
    ]


def _float_warnings(table: TableFacts, config: dict[str, Any]) -> Iterator[str]:
    cols = config.get("check_cols")
    floats = [
        one.name
        for one in table.columns
        if one.is_float and (not isinstance(cols, list) or one.name in cols)
    ]
    if floats:
        some = ", ".join(floats[:_FEW]) + (", ..." if len(floats) > _FEW else "")
        yield (
            f"{some}: computed with floating point. If the last digits jitter, each load makes"
            f" versions; meta.scd.tolerance: {{{floats[0]}: 0.0001}} says what is no change"
        )


def _deletes(table: TableFacts, wish: str | None, because: list[str], warnings: list[str]) -> str:
    soft = [one.name for one in table.columns if _SOFT_DELETE.fullmatch(snake_case(one.name))]
    if wish:
        return wish
    if soft:
        because.append(f"hard_deletes ignore: {soft[0]} marks what is deleted, the row stays")
        return "ignore"
    because.append("hard_deletes invalidate: a row that is missing ends its version")
    warnings.append(
        "it must hold all rows each time. If it shows only a part (the last days, one country),"
        " what is left out would look deleted: then --hard-deletes ignore"
    )
    return "invalidate"
