"""From column to column through the project: what one is made of, and who depends on one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from platform_cli.project.graph import Graph
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.made import How, MadeColumn, MadeColumns
from platform_cli.project.resources import Exposure, Model, Snapshot
from platform_cli.project.sql.origin import Origin


class Step(NamedTuple):
    """A column and one it is made of; `how` is that of the child."""

    parent: Origin
    child: Origin
    how: How


class Reader(NamedTuple):
    """A resource that names a column otherwise than to make a column of it: it filters, joins,
    sorts. Of a data test the clause is `test`.
    """

    unique_id: str
    column: Origin
    clauses: tuple[str, ...]
    certain: bool


class Unsure(NamedTuple):
    """A resource that may depend on a column, and nobody can tell."""

    unique_id: str
    column: Origin
    why: str


class Dependants(NamedTuple):
    """Who depends on a column."""

    steps: tuple[Step, ...]
    readers: tuple[Reader, ...]
    unsure: tuple[Unsure, ...]


def made_from(lineage: ColumnLineage, start: Origin, depth: int | None = None) -> tuple[Step, ...]:
    """The columns that a column is made of, and so on; at most `depth` steps away."""
    found: dict[Step, None] = {}
    frontier = [start]
    seen: set[Origin] = set()
    while frontier and depth != 0:
        near: list[Origin] = []
        for child in frontier:
            seen.add(_key(child))
            made = lineage.column(*child)
            for parent in made.of if made else ():
                found[Step(parent, child, made.how if made else "unknown")] = None
                if _key(parent) not in seen:
                    near.append(parent)
        frontier = list(dict.fromkeys(near))
        depth = None if depth is None else depth - 1
    return tuple(found)


def dependants(
    lineage: ColumnLineage, graph: Graph, start: Origin, depth: int | None = None
) -> Dependants:
    """Who makes columns of a column, who only names it, and of whom nobody can tell.

    Then the same of the columns that are made of it; at most `depth` steps away.
    """
    steps: dict[Step, None] = {}
    readers: dict[Reader, None] = {}
    unsure: dict[Unsure, None] = {}
    frontier = [start]
    seen = {_key(start)}
    while frontier and depth != 0:
        near: list[Origin] = []
        for parent in frontier:
            readers |= dict.fromkeys(_tests(graph, parent))
            unsure |= dict.fromkeys(_exposures(graph, parent))
            for unique_id, made in _children(lineage, graph, parent.unique_id):
                columns = list(_made_of(made, parent))
                for one in columns:
                    child = Origin(unique_id, one.name)
                    steps[Step(parent, child, one.how)] = None
                    if _key(child) not in seen:
                        seen.add(_key(child))
                        near.append(child)
                readers |= dict.fromkeys(_read(unique_id, made, parent, made_of=bool(columns)))
                if made.undecided or any(not one.unique_id for one in made.open):
                    unsure[Unsure(unique_id, parent, made.why_incomplete)] = None
                elif made.unread:
                    unsure[Unsure(unique_id, parent, made.unread)] = None
        frontier = near
        depth = None if depth is None else depth - 1
    return Dependants(tuple(steps), tuple(readers), tuple(unsure))


def _children(
    lineage: ColumnLineage, graph: Graph, unique_id: str
) -> Iterator[tuple[str, MadeColumns]]:
    for child in graph.children.get(unique_id, ()):
        if isinstance(lineage.project.resources.get(child), Model | Snapshot):
            made = lineage.of(child)
            if made is not None:
                yield child, made


def _made_of(made: MadeColumns, parent: Origin) -> Iterable[MadeColumn]:
    wanted = _key(parent)
    for column in made.columns:
        if any(_key(one) == wanted for one in column.of):
            yield column
    listed = {column.name.lower() for column in made.columns}
    if wanted.column not in listed:
        for star in made.open:
            if star.unique_id == parent.unique_id and wanted.column not in star.hidden:
                yield MadeColumn(parent.column, "unchanged", (parent,))


def _read(unique_id: str, made: MadeColumns, parent: Origin, *, made_of: bool) -> Iterator[Reader]:
    wanted = _key(parent)
    for use in made.uses:
        if _key(Origin(use.unique_id, use.column)) == wanted:
            clauses = tuple(one for one in use.clauses if one != "select" or not made_of)
            if clauses:
                yield Reader(unique_id, parent, clauses, use.certain)


def _tests(graph: Graph, column: Origin) -> Iterator[Reader]:
    wanted = column.column.lower()
    for test in graph.tests.get(column.unique_id, ()):
        if (test.column_name or "").strip('"`').lower() == wanted:
            yield Reader(test.unique_id, column, ("test",), certain=True)


def _exposures(graph: Graph, column: Origin) -> Iterator[Unsure]:
    for child in graph.children.get(column.unique_id, ()):
        if isinstance(graph.resources.get(child), Exposure):
            yield Unsure(child, column, "an exposure does not say which columns it uses")


def _key(origin: Origin) -> Origin:
    return Origin(origin.unique_id, origin.column.lower())
