"""The versions of one key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError
from platform_cli.reporting.key_history import KeyHistory, Version
from platform_cli.reporting.table import Table
from platform_cli.snapshots.preflight import shown_key
from platform_cli.snapshots.recorded_key import insist_on_a_key
from platform_cli.warehouse import quoted, rows

if TYPE_CHECKING:
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection

_NEAREST = 5


def key_versions(connection: Connection, history: HistoryTable, key: tuple[str, ...]) -> KeyHistory:
    """Every version of a key, which is given as text, one word per part or `A,B`.

    Raises PlatformError with the nearest keys when it has none, or when parts are missing.
    """
    parts = _parts(connection, history, key)
    shown = ", ".join(quoted(name) for name in history.data)
    start, end = history.col("dbt_valid_from"), history.col("dbt_valid_to")
    condition, given = _condition(connection, history, parts)
    found = rows(
        connection,
        f"select {start}, case when not {history.is_open} then {end} end, {history.deleted},"
        f" {shown} from {history.table()} where {condition} order by 1, 2 nulls last, 3",
        given,
    )
    if not found:
        raise _unknown(connection, history, parts)
    json_columns = {name for name, type_ in history.columns if type_ == "JSON"}
    keys = {part.strip('"') for part in history.key}
    columns = tuple(name for name in history.data if name not in keys)
    versions: list[Version] = []
    real: Version | None = None
    for valid_from, valid_to, deleted, *data in found:
        shows = dict(zip(history.data, data, strict=True))
        changed = (
            tuple(
                name for name in columns
                if not _same(shows[name], real.values[name], as_json=name in json_columns)
            )
            if real is not None and not deleted
            else ()
        )  # fmt: skip
        one = Version(valid_from, valid_to, deleted, changed, shows)
        versions.append(one)
        if not deleted:
            real = one
    return KeyHistory(history.name, parts, columns, tuple(versions))


def key_rows(connection: Connection, history: HistoryTable, key: tuple[str, ...]) -> Table:
    """The rows of a key as the history holds them, oldest first.

    Raises PlatformError as `key_versions` does.
    """
    parts = _parts(connection, history, key)
    condition, given = _condition(connection, history, parts)
    found = rows(
        connection,
        f"select {', '.join(quoted(name) for name, _ in history.columns)} from {history.table()}"
        f" where {condition} order by {history.col('dbt_valid_from')}",
        given,
    )
    if not found:
        raise _unknown(connection, history, parts)
    return Table(tuple(name for name, _ in history.columns), tuple(found))


def _condition(
    connection: Connection, history: HistoryTable, parts: tuple[str, ...]
) -> tuple[str, list[str]]:
    """SQL that is true of the key's versions, and its values: each as a value and as shown."""
    said: list[str] = []
    for sql, type_ in zip(history.key, history.key_types, strict=True):
        known = type_ or rows(connection, f"describe select {sql} from {history.table()}")[0][1]
        said.append(f"({sql} = try_cast(? as {known}) or cast({sql} as varchar) = ?)")
    return " and ".join(said), [part for part in parts for _ in range(2)]


def _parts(connection: Connection, history: HistoryTable, key: tuple[str, ...]) -> tuple[str, ...]:
    insist_on_a_key(connection, history)
    wanted = len(history.key)
    if len(key) == 1 and wanted > 1:
        key = tuple(part.strip() for part in key[0].split(","))
    if len(key) != wanted:
        names = ", ".join(history.node.unique_key)
        raise PlatformError(
            f"a key of {history.name} has {wanted} part{'' if wanted == 1 else 's'} ({names}),"
            f" and {len(key)} are given",
            where=history.where(),
            hint=f"for example: platform snapshot history {history.name} "
            + " ".join(history.node.unique_key).upper(),
        )
    return key


def _unknown(
    connection: Connection, history: HistoryTable, parts: tuple[str, ...]
) -> PlatformError:
    given = ", ".join(parts)
    near = rows(
        connection,
        f"select distinct shown, damerau_levenshtein(lower(shown), lower(?)) as distance"
        f" from (select {shown_key(history.key)} as shown from {history.table()})"
        f" order by distance, shown limit {_NEAREST}",
        [given],
    )
    names = "; ".join(str(row[0]) for row in near)
    return PlatformError(
        f"{history.name} has no version of {', '.join(history.node.unique_key)} = {given}",
        where=history.where(),
        hint=f"the nearest keys are: {names}" if names else "the history is empty",
    )


def _same(left: Any, right: Any, *, as_json: bool) -> bool:
    if as_json and isinstance(left, str) and isinstance(right, str):
        # The order of the members says nothing.
        return bool(json.loads(left) == json.loads(right))
    # NaN is the one value that does not equal itself.
    return bool(left == right) or (left != left and right != right)  # noqa: PLR0124
