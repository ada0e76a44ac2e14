"""Show what a model or a column is made from and what is made from it.

Section: Look
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._lineage_node import lineage_node
from platform_cli.commands._project import project_options, read_project
from platform_cli.errors import PlatformError, near_names
from platform_cli.project.graph import Graph
from platform_cli.project.locate import locate
from platform_cli.project.resources import (
    AnyResource,
    DataTest,
    Group,
    Model,
    Operation,
    Seed,
    Snapshot,
    Source,
    UnitTest,
)
from platform_cli.project.selection.methods import typed_name
from platform_cli.project.selection.select import select
from platform_cli.project.sql.origin import Origin
from platform_cli.reporting.lineage import Lineage, LineageNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from platform_cli.commands._session import Session
    from platform_cli.project.problem import Problem
    from platform_cli.project.project import Project

_MOST_NEAR = 3


@click.command()
@click.argument("model", required=False, metavar="MODEL[.COLUMN]")
@click.option("--upstream", is_flag=True, help="Only what it is made from.")
@click.option("--downstream", is_flag=True, help="Only what is made from it.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="At most N steps away.")
@click.option("--coverage", is_flag=True, help="For how many columns the lineage is known.")
@click.option("--output-format", type=click.Choice(["text", "json", "mermaid"]), default="text")
@project_options
@click.pass_obj
def lineage(
    session: Session,
    /,
    *,
    model: str | None,
    upstream: bool,
    downstream: bool,
    depth: int | None,
    coverage: bool,
    output_format: str,
    **place: Any,
) -> None:
    """Show what a model or a column is made from and what is made from it.

    MODEL is the name of a model, seed, snapshot or exposure, or source:NAME.TABLE. With .COLUMN
    it is one column: the columns it is made of, and who passes it on, computes with it or only
    names it. What cannot be told from the SQL is "unknown".

    \b
    Examples:
      platform lineage fct_flights
      platform lineage stg_flights --downstream --depth 1
      platform lineage fct_flights.delay_minutes
      platform lineage source:airports.airports.iata --downstream
      platform lineage --coverage
      platform lineage fct_flights --output-format mermaid
    """
    if coverage:
        _insist(
            not (upstream or downstream or depth),
            "--coverage stands alone",
            "name a model, or nothing",
        )
        _insist(output_format != "mermaid", "a coverage is no picture", "use text or json")
    elif model is None:
        raise PlatformError(
            "name a model or a column", hint="platform lineage MODEL[.COLUMN], or --coverage"
        )
    project = read_project(locate(session.directory), **place)
    if coverage:
        from platform_cli.commands._column_lineage import show_coverage

        show_coverage(project, [model] if model else [], output_format)
        return
    assert model is not None  # noqa: S101  (it was asked for above)
    found, column = _meant(project, model)
    both = upstream == downstream
    if column is not None:
        from platform_cli.commands._column_lineage import show_column

        show_column(
            project,
            Origin(found, column),
            upstream=upstream or both,
            downstream=downstream or both,
            depth=depth,
            output_format=output_format,
        )
        return
    result = _around(
        project.resources,
        found,
        upstream=upstream or both,
        downstream=downstream or both,
        depth=depth,
    )
    result = replace(result, notes=tuple(_notes(project.problems, result)))
    for note in result.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(_written(result, output_format))


def _insist(condition: bool, message: str, hint: str) -> None:
    if not condition:
        raise PlatformError(message, hint=hint)


def _written(result: Lineage, output_format: str) -> str:
    if output_format == "json":
        from platform_cli.reporting.lineage_as_json import lineage_as_json

        return lineage_as_json(result)
    if output_format == "mermaid":
        from platform_cli.reporting.lineage_as_mermaid import lineage_as_mermaid

        return lineage_as_mermaid(result)
    from platform_cli.reporting.lineage_as_text import lineage_as_text

    return lineage_as_text(result)


def _meant(project: Project, word: str) -> tuple[str, str | None]:
    """The resource, and the column if one is named; names of both may have dots in them."""
    try:
        return _in_the_picture(project, word), None
    except PlatformError:
        for at in range(len(word) - 1, 0, -1):
            if word[at] == "." and (found := _named(project, word[:at])) and word[at + 1 :]:
                return found, word[at + 1 :]
        near = _near_columns(project, word)
        if not near:
            raise
    hint = f"did you mean {' or '.join(map(repr, near))}?"
    raise PlatformError(f"nothing in this project matches {word!r}", hint=hint)


def _near_columns(project: Project, word: str) -> list[str]:
    """MODEL.COLUMN as it may have been meant, when the model's name is not right."""
    from platform_cli.project.lineage.columns import ColumnLineage

    known = ColumnLineage(project)
    named = {
        typed_name(one): one.unique_id
        for one in project.resources.values()
        if isinstance(one, Model | Seed | Snapshot | Source)
    }
    near: list[str] = []
    for at in range(len(word) - 1, 0, -1):
        if word[at] == "." and word[at + 1 :]:
            for name in near_names(word[:at], named):
                made = known.of(named[name])
                columns = [one.name for one in made.columns if one.name] if made else []
                near += (f"{name}.{one}" for one in near_names(word[at + 1 :], columns)[:1])
    return near[:_MOST_NEAR]


def _named(project: Project, name: str) -> str | None:
    """The resource of exactly that name; of several versions the latest."""
    if name in project.resources:
        return name
    found = [
        one
        for one in project.resources.values()
        if not isinstance(one, DataTest | UnitTest | Group | Operation)
        and name in {typed_name(one), f"{one.name}.v{getattr(one, 'version', None)}"}
    ]
    latest = [
        one for one in found if not isinstance(one, Model) or one.version == one.latest_version
    ]
    known = latest or found
    return known[0].unique_id if len(known) == 1 else None


def _in_the_picture(project: Project, model: str) -> str:
    meant = sorted(
        unique_id
        for unique_id in select(project, [model]).ids
        if not isinstance(project.resources[unique_id], DataTest | UnitTest)
    )
    if not meant:
        raise PlatformError(f"{model!r} is a test", hint="name the model that it tests")
    if len(meant) > 1:
        raise PlatformError(
            f"{model!r} is several resources: {', '.join(meant)}", hint="name one of them"
        )
    return meant[0]


def _around(
    resources: Mapping[str, AnyResource],
    start: str,
    *,
    upstream: bool,
    downstream: bool,
    depth: int | None,
) -> Lineage:
    graph = Graph(resources)
    # Two separate parts: an edge between a parent and a grandchild is in neither tree.
    parts = [
        graph.upstream([start], depth) if upstream else set(),
        graph.downstream([start], depth) if downstream else set(),
    ]
    edges = dict.fromkeys(
        (parent, child)
        for part in parts
        for child in sorted(part | {start})
        for parent in graph.parents.get(child, ())
        if parent in part | {start}
    )
    nodes = {one: lineage_node(resources[one]) for one in (start, *sorted(set().union(*parts)))}
    return Lineage(
        start=nodes[start],
        nodes=tuple(nodes.values()),
        edges=tuple(edges),
        upstream=upstream,
        downstream=downstream,
    )


def _notes(problems: Iterable[Problem], found: Lineage) -> Iterator[LineageNote]:
    """A parent that does not exist is not in the picture, and nobody would miss it."""
    shown = {one.unique_id for one in found.nodes}
    for problem in problems:
        if problem.severity == "error" and problem.resource in shown:
            yield LineageNote(problem.resource, problem.message, problem.where)
