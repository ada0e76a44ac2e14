"""Which columns identify a row of a new model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.identifiers import snake_case
from platform_cli.project.resources import Column
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import SelectList
from platform_cli.scaffold.unit_test.drafted_rows import DraftedRows


@dataclass(frozen=True, slots=True)
class Key:
    """The key; why it is proposed, if nobody chose it; and what speaks against it.

    Without columns, the data has none, and `against` says so; or none is needed, which `because`
    says.
    """

    columns: tuple[str, ...]
    because: str = ""
    against: str = ""


def model_key(
    name: str,
    wished: Sequence[str],
    parents: Sequence[Parent],
    selected: SelectList,
    *,
    rows: DraftedRows | None = None,
    group: Sequence[str] | None = None,
) -> Key:
    """The key as wished, or what is unique on the data, or else a proposal by name.

    `group` is what a row is one of, see `columns_of_group`: that is the key, if it is never NULL.
    Raises PlatformError for a column that is not selected (near names), and when nothing is known.
    """
    known = [column.name for column in selected.columns]
    if wished:
        for column in wished:
            if column not in known and not selected.unknown:
                raise PlatformError(
                    f"--key {column!r} is not a column of {name}",
                    hint=did_you_mean(column, known) or f"it has {', '.join(known)}",
                )
        return Key(tuple(wished), against=_against(wished, rows))
    if group is not None and not group and (rows is None or rows.count <= 1):
        return Key((), "the model is one row")
    if not known:
        raise PlatformError(
            f"which column identifies a row of {name}? The columns of "
            f"{parents[0].resource.name} are not known",
            hint="say it with --key COLUMN, or build the parent first",
        )
    proposed = _proposed(name, parents, selected, group)
    if rows is None or not rows.count:
        return proposed
    return _proven(proposed, name, selected, rows, group or ())


def _proven(
    proposed: Key, name: str, selected: SelectList, rows: DraftedRows, group: Sequence[str]
) -> Key:
    """The proposal if it holds on the data, or what does."""
    if rows.repeated(proposed.columns) == 0 and (proposed.because != _FIRST or rows.count > 1):
        and_ = ", and" if proposed.because.startswith(_UNIQUE) else f"; {_UNIQUE}"
        return Key(proposed.columns, f"{proposed.because}{and_} in {rows.said}")
    if group and (missing := rows.without(group)):
        return Key((), against=_missing(group, missing, rows))
    known = [column.name for column in selected.columns]
    names = [proposed.columns[0], *_by_name(name, known)]
    found = rows.key(names, [Column(one.name, data_type=one.data_type) for one in selected.columns])
    if found:
        return Key(found, f"{_UNIQUE} in {rows.said}")
    return Key(
        (), against=f"no column, and no two or three that look like it, is unique in {rows.said}"
    )


_UNIQUE = "unique and not null"
_FIRST = "the first column"


def columns_of_group(selected: SelectList, written: Sequence[str] | None) -> tuple[str, ...] | None:
    """The columns by which a model groups: a query as it is `written`, or the select list.

    None of them when it is one row; None when it does not group, or not by columns of its own.
    """
    known = [column.name for column in selected.columns]
    if selected.group_by:
        return tuple(known[: len(selected.group_by)])
    if written is None:
        return None
    by_name = {one.lower(): one for one in known}
    found = tuple(by_name.get(one.lower(), "") for one in written)
    return found if all(found) else None


def _missing(group: Sequence[str], missing: int, rows: DraftedRows) -> str:
    return (
        f"one row per {', '.join(group)}, but NULL stands there in {missing:,} of {rows.said}:"
        " coalesce() would give that group a name"
    )


def _proposed(
    name: str, parents: Sequence[Parent], selected: SelectList, group: Sequence[str] | None
) -> Key:
    known = [column.name for column in selected.columns]
    if group:
        return Key(tuple(group), "one row per group")
    if selected.distinct:
        return Key(tuple(known), "the pairs are distinct")
    first = parents[0]
    if first.key and snake_case(first.key) in known:
        return Key((snake_case(first.key),), f"{_UNIQUE} in {first.resource.name}")
    for column in _by_name(name, known):
        return Key((column,), "by its name")
    return Key((known[0],), _FIRST)


def _by_name(name: str, known: Sequence[str]) -> list[str]:
    bare = name.partition("_")[2]
    own = ("version_id", f"{bare}_id", f"{bare.removesuffix('s')}_id", "id")
    return [one for one in (*own, *(one for one in known if one.endswith("_id"))) if one in known]


def _against(key: Sequence[str], rows: DraftedRows | None) -> str:
    repeated = rows.repeated(key) if rows else None
    if not rows or not repeated:
        return ""
    words = ", ".join(key)
    return f"{words}: {repeated:,} of {rows.said} are NULL there or have it in common with another"
