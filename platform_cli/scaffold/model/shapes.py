"""What a kind makes of its parents' columns: groups, pairs of keys, or versions of a history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.identifiers import snake_case
from platform_cli.project.resources import Snapshot
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import SelectedColumn, SelectList
from platform_cli.scaffold.model.snapshot_columns import SnapshotColumns

_MEASURES = {
    "sum": ("total_{}", "sum({})"),
    "avg": ("average_{}", "avg({})"),
    "min": ("min_{}", "min({})"),
    "max": ("max_{}", "max({})"),
    "median": ("median_{}", "median({})"),
    "count": ("{}_count", "count({})"),
    "count_distinct": ("distinct_{}_count", "count(distinct {})"),
}
ROWS = "row_count"
_TWO = 2


def groups(selected: SelectList, by: Sequence[str], measures: Iterable[str]) -> SelectList:
    """One row per group: the columns grouped by, the number of rows, and the measures.

    A measure is `sum:COLUMN`. Raises PlatformError for a column or function that is not there.
    """
    if not by:
        raise PlatformError(
            "an aggregate has one row per what?",
            hint=f"say it with --by COLUMN, again for each; there are {_names(selected)}",
        )
    grouped = [_column(selected, one, "--by") for one in by]
    total = SelectedColumn(ROWS, "count(*)", "bigint", "Number of rows.")
    computed = [_measure(selected, one) for one in measures]
    return replace(
        selected,
        columns=(*grouped, total, *computed),
        group_by=tuple(one.expression for one in grouped),
        unknown=(),
    )


def pairs(selected: SelectList, key: Sequence[str]) -> SelectList:
    """The distinct combinations of the key's columns; without one, of all columns named `..._id`.

    Raises PlatformError when that is not two columns or more.
    """
    keys = [_column(selected, one, "--key") for one in key]
    if not keys:
        keys = [one for one in selected.columns if one.name.endswith("_id")]
    if len(keys) < _TWO:
        raise PlatformError(
            "a bridge holds the keys of what it connects: at least two columns",
            hint=f"name them with --key COLUMN --key COLUMN; there are {_names(selected)}",
        )
    return replace(selected, columns=tuple(keys), distinct=True, unknown=())


def versions(selected: SelectList, parents: Sequence[Parent]) -> SelectList:
    """All versions of a snapshot's rows, with when each was valid.

    Raises PlatformError when the first parent is no snapshot.
    """
    snapshot = parents[0].resource
    if not isinstance(snapshot, Snapshot):
        raise PlatformError(
            f"{snapshot.name} is no snapshot: it has no versions",
            hint="a history reads a snapshot, --from ref:snp_...; else make a dimension",
        )
    names = SnapshotColumns.of(snapshot)
    own = names.every
    first = parents[0].alias
    ours = [one for one in selected.columns if one.parent != first or one.original not in own]
    dot = f"{first}." if len(parents) > 1 else ""

    def made(name: str, expression: str, kind: str, text: str) -> SelectedColumn:
        return SelectedColumn(name, expression, kind, text)

    when = next(
        (one.data_type for one in selected.columns if one.original == names.valid_from), None
    )
    added = (
        made("version_id", f"{dot}{names.scd_id}", "varchar", "Identifies a version."),
        *ours,
        made("valid_from", f"{dot}{names.valid_from}", when or "timestamp", _FROM),
        made("valid_to", f"{dot}{names.valid_to}", when or "timestamp", _TO),
        made("is_current", names.is_open(dot), "boolean", "Whether this is the newest version."),
    )
    return replace(selected, columns=added)


def current(selected: SelectList, parents: Sequence[Parent]) -> SelectList:
    """Without what dbt writes beside the rows of a snapshot, but for since when a row is so."""
    dropped: set[tuple[str, str]] = set()
    since: set[tuple[str, str]] = set()
    for parent in parents:
        if isinstance(parent.resource, Snapshot):
            names = SnapshotColumns.of(parent.resource)
            dropped |= {(parent.alias, one) for one in names.every - {names.valid_from}}
            since.add((parent.alias, names.valid_from))
    kept = []
    for one in selected.columns:
        if (one.parent, one.original) in since:
            kept.append(
                replace(one, name=one.name.removeprefix("dbt_"), description=one.description or _IS)
            )
        elif (one.parent, one.original) not in dropped:
            kept.append(one)
    return replace(selected, columns=tuple(kept))


_FROM = "Since when this version was valid."
_TO = "Until when this version was valid; NULL while it is."
_IS = "Since when the record reads like this."


def _measure(selected: SelectList, word: str) -> SelectedColumn:
    form = re.fullmatch(r"(\w+):(.+)", word)
    if not form or form[1] not in _MEASURES:
        raise PlatformError(
            f"--measure {word!r} is not of the form FUNCTION:COLUMN",
            hint=f"for example sum:amount; the functions are {', '.join(_MEASURES)}",
        )
    column = _column(selected, form[2], "--measure")
    name, call = _MEASURES[form[1]]
    text = f"{form[1].replace('_', ' ').capitalize()}: {column.description}"
    return SelectedColumn(
        snake_case(name.format(column.name)),
        call.format(column.expression),
        None,
        text if column.description else "",
    )


def _column(selected: SelectList, name: str, option: str) -> SelectedColumn:
    known = {one.name: one for one in selected.columns}
    known = {one.original: one for one in selected.columns if one.original} | known
    if name in known:
        return known[name]
    raise PlatformError(
        f"{option} {name!r} is not a column of what it reads",
        hint=did_you_mean(name, known) or f"there are {_names(selected)}",
    )


def _names(selected: SelectList) -> str:
    return ", ".join(one.name for one in selected.columns) or "none that are known"
