"""`platform lineage` of a column: from what is known of the project to the picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from platform_cli.commands._lineage_node import lineage_node
from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.graph import Graph
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.coverage import coverage
from platform_cli.project.lineage.walk import Dependants, Step, dependants, made_from
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.selection.select import select
from platform_cli.project.sql.origin import Origin
from platform_cli.reporting import column_lineage as shown
from platform_cli.reporting.lineage import LineageNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.project.project import Project

_NOBODY = Dependants((), (), ())
_MANY = 8


def show_column(
    project: Project,
    wanted: Origin,
    *,
    upstream: bool,
    downstream: bool,
    depth: int | None,
    output_format: str,
) -> None:
    """Print what a column is made of and who depends on it.

    Raises PlatformError, with near names, when the resource has no such column.
    """
    known = ColumnLineage(project)
    start = _start(known, wanted)
    steps = made_from(known, start, depth) if upstream else ()
    below = _NOBODY
    if downstream:
        below = dependants(known, Graph(project.resources), start, depth)
    picture = _Picture(known, start)
    picture.add(steps, below)
    result = picture.drawn(upstream=upstream, downstream=downstream)
    known.keep()
    if output_format == "json":
        from platform_cli.reporting.column_lineage_as_json import column_lineage_as_json

        click.echo(column_lineage_as_json(result))
    elif output_format == "mermaid":
        from platform_cli.reporting.column_lineage_as_mermaid import column_lineage_as_mermaid

        click.echo(column_lineage_as_mermaid(result))
    else:
        from platform_cli.reporting.column_lineage_as_text import column_lineage_as_text

        click.echo(column_lineage_as_text(result))


def show_coverage(project: Project, words: list[str], output_format: str) -> None:
    """Print of how many columns the lineage is known: of the project's own, or of what is meant.

    Raises PlatformError for words that mean nothing.
    """
    known = ColumnLineage(project)
    meant = select(project, words).ids if words else project.resources
    ids = [
        one
        for one in project.resources
        if one in meant and (words or project.resources[one].package_name == project.name)
    ]
    counted = _coverage(known, ids)
    known.keep()
    if output_format == "json":
        from platform_cli.reporting.column_lineage_as_json import coverage_as_json

        click.echo(coverage_as_json(counted))
    else:
        from platform_cli.reporting.column_lineage_as_text import coverage_as_text

        click.echo(coverage_as_text(counted))


def _start(known: ColumnLineage, wanted: Origin) -> Origin:
    resource = known.project.resources[wanted.unique_id]
    name = lineage_node(resource).name
    made = known.of(wanted.unique_id)
    if made is None:
        kind = lineage_node(resource).kind
        raise PlatformError(f"{name} is of the kind {kind}, which has no columns")
    names = [one.name for one in made.columns if one.name]
    near = did_you_mean(wanted.column, names)
    for written in (wanted.column, wanted.column.strip('"`')):
        column = known.column(wanted.unique_id, written)
        if column is not None:
            if made.listed(written) is None:
                said = f"{name} lists no column {written!r}, but may have it: {made.why_incomplete}"
                click.echo(f"note: {said}{f' ({near})' if near else ''}", err=True)
            return Origin(wanted.unique_id, column.name)
    shown_names = ", ".join(names[:_MANY]) + (", ..." if len(names) > _MANY else "")
    hint = near or (f"it has {shown_names}" if names else "")
    message = f"{name} has no column {wanted.column!r}"
    if made.undecided:
        message = f"{name} declares no column {wanted.column!r}, and of its SQL: {made.undecided}"
        hint = hint or "declare its columns in YAML, and they can be followed from there"
    raise PlatformError(message, hint=hint, where=Where(resource.path))


class _Picture:
    def __init__(self, known: ColumnLineage, start: Origin) -> None:
        self._known = known
        self._columns: list[shown.ColumnNode] = []
        self._places: dict[Origin, int] = {}
        self._edges: dict[tuple[int, int], None] = {}
        self._readers: list[shown.ColumnReader] = []
        self._at(start)

    def add(self, steps: Iterable[Step], below: Dependants) -> None:
        for step in (*steps, *below.steps):
            self._edges[self._at(step.parent), self._at(step.child)] = None
        for reader in below.readers:
            why = "" if reader.certain else "the name may mean another column"
            self._reader(reader.unique_id, reader.column, reader.clauses, why)
        for unsure in below.unsure:
            self._reader(unsure.unique_id, unsure.column, (), unsure.why)

    def drawn(self, *, upstream: bool, downstream: bool) -> shown.ColumnLineage:
        resources = dict.fromkeys(one.resource.unique_id for one in self._columns)
        return shown.ColumnLineage(
            columns=tuple(self._columns),
            edges=tuple(self._edges),
            readers=tuple(self._readers),
            upstream=upstream,
            downstream=downstream,
            coverage=_coverage(self._known, resources),
        )

    def _at(self, origin: Origin) -> int:
        key = Origin(origin.unique_id, origin.column.lower())
        if key not in self._places:
            self._places[key] = len(self._columns)
            made = self._known.column(*origin)
            self._columns.append(
                shown.ColumnNode(
                    resource=_node(self._known.project, origin.unique_id),
                    column=made.name if made else origin.column,
                    type=made.type if made else None,
                    how=made.how if made else "given",
                    why=made.why if made else "",
                )
            )
        return self._places[key]

    def _reader(self, unique_id: str, column: Origin, clauses: tuple[str, ...], why: str) -> None:
        node = _node(self._known.project, unique_id)
        self._readers.append(shown.ColumnReader(node, self._at(column), clauses, why))


def _node(project: Project, unique_id: str) -> LineageNode:
    resource = project.resources.get(unique_id)
    if resource is not None:
        return lineage_node(resource)
    kind, _, name = unique_id.partition(":")  # what is read and is no resource
    return LineageNode(unique_id, name or unique_id, kind if name else "unknown", "", "")


def _coverage(known: ColumnLineage, ids: Iterable[str]) -> shown.ColumnCoverage:
    found = coverage(known, [one for one in ids if _has_sql(known.project, one)])
    resources = known.project.resources
    unknown = (
        (f"{lineage_node(resources[one.unique_id]).name}.{one.column}", one.why)
        for one in found.unknown
    )
    unlisted = ((lineage_node(resources[one]).name, why) for one, why in found.open)
    return shown.ColumnCoverage(
        found.known, found.columns, found.resources, tuple(unknown), tuple(unlisted)
    )


def _has_sql(project: Project, unique_id: str) -> bool:
    return isinstance(project.resources.get(unique_id), Model | Snapshot)
