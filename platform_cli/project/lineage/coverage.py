"""For how many columns it is known what they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.resources import Model, Snapshot


class UnknownColumn(NamedTuple):
    """A column of which nobody can tell what it is made of, and why."""

    unique_id: str
    column: str
    why: str


class Coverage(NamedTuple):
    """Models and snapshots counted: their columns, those that are known, and what is not.

    `open` are resources with columns that nobody lists (they cannot be counted), each with why.
    """

    known: int
    columns: int
    resources: int
    unknown: tuple[UnknownColumn, ...]
    open: tuple[tuple[str, str], ...]


def coverage(lineage: ColumnLineage, unique_ids: Iterable[str]) -> Coverage:
    """The coverage over those of these resources that have SQL."""
    known = columns = resources = 0
    unknown: list[UnknownColumn] = []
    unlisted: list[tuple[str, str]] = []
    for unique_id in unique_ids:
        if not isinstance(lineage.project.resources.get(unique_id), Model | Snapshot):
            continue
        made = lineage.of(unique_id)
        if made is None:
            continue
        resources += 1
        columns += len(made.columns)
        missing = [one for one in made.columns if one.how == "unknown"]
        known += len(made.columns) - len(missing)
        if not made.complete:
            unlisted.append((unique_id, made.why_incomplete))
        unknown += [UnknownColumn(unique_id, one.name, one.why) for one in missing]
    return Coverage(known, columns, resources, tuple(unknown), tuple(unlisted))
