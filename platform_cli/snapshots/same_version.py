"""SQL: do two versions show the same values, but for how a cast has spelled them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.warehouse import quoted

if TYPE_CHECKING:
    from platform_cli.snapshots.history_table import HistoryTable

_EXACT = 2**53
"""Whole numbers up to here survive as a DOUBLE."""


def same_version(history: HistoryTable, left: str, right: str) -> str:
    """A condition over two aliases of the history.

    Left out are the key and the column of `updated_at`: that alone makes no new version. The same
    are also 0.1 in single and in double precision, '7' and '7.0', '2024-01-01' and
    '2024-01-01 00:00:00' as text, and JSON whatever the order of its members.
    """
    own = set(history.meta.values())
    out = {part.strip('"').lower() for part in history.key}
    out.add(history.node.source_updated_at.strip('"').lower())
    parts = [
        _same(f"{left}.{quoted(name)}", f"{right}.{quoted(name)}", type_)
        for name, type_ in history.columns
        if name not in own and name.lower() not in out
    ]
    return "(" + ("\n and ".join(parts) or "true") + ")"


def _same(left: str, right: str, type_: str) -> str:
    equal = f"{left} is not distinct from {right}"
    if type_ == "DOUBLE":
        return f"({equal} or {_same_single(left, right)})"
    if type_ == "VARCHAR":
        return f"({equal} or {_respelled(left, right)} or {_respelled(right, left)})"
    if type_ == "JSON":
        members = "(select list((fullkey, type, atom) order by fullkey) from json_tree({}))"
        tree = f"{members.format(left)} is not distinct from {members.format(right)}"
        return f"(({left} is null) = ({right} is null) and {tree})"
    return f"({equal})"


def _same_single(left: str, right: str) -> str:
    """One of the two has been a FLOAT, and they are the same FLOAT."""
    singles = [f"try_cast({one} as float)" for one in (left, right)]
    was_single = " or ".join(
        f"cast({single} as double) = {one}"
        for single, one in zip(singles, (left, right), strict=True)
    )
    return f"coalesce({singles[0]} = {singles[1]} and ({was_single}), false)"


def _respelled(short: str, long: str) -> str:
    """`long` is how a cast by way of DOUBLE or TIMESTAMP spells `short`."""
    whole = f"try_cast({short} as bigint)"
    number = (
        f"cast({whole} as varchar) = {short} and abs({whole}) < {_EXACT}"
        f" and cast(cast({whole} as double) as varchar) = {long}"
    )
    day = f"{short} || ' 00:00:00' = {long} and try_cast({short} as date) is not null"
    return f"coalesce(({number}) or ({day}), false)"
