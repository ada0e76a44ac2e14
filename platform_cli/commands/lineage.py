"""Show what a model is made from and what is made from it.

Section: Look
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options, read_project
from platform_cli.errors import PlatformError
from platform_cli.project.graph import Graph
from platform_cli.project.locate import locate
from platform_cli.project.resources import AnyResource, DataTest, Exposure, UnitTest
from platform_cli.project.selection.methods import typed_name
from platform_cli.project.selection.select import select
from platform_cli.reporting.lineage import Lineage, LineageNode, LineageNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from platform_cli.commands._session import Session
    from platform_cli.project.problem import Problem
    from platform_cli.project.project import Project


@click.command()
@click.argument("model")
@click.option("--upstream", is_flag=True, help="Only what it is made from.")
@click.option("--downstream", is_flag=True, help="Only what is made from it.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="At most N steps away.")
@click.option("--output-format", type=click.Choice(["text", "json", "mermaid"]), default="text")
@project_options
@click.pass_obj
def lineage(
    session: Session,
    /,
    *,
    model: str,
    upstream: bool,
    downstream: bool,
    depth: int | None,
    output_format: str,
    **place: Any,
) -> None:
    """Show what a model is made from and what is made from it.

    MODEL is the name of a model, seed, snapshot or exposure, or source:NAME.TABLE.

    \b
    Examples:
      platform lineage fct_flights
      platform lineage stg_flights --downstream --depth 1
      platform lineage fct_flights --output-format mermaid
    """
    project = read_project(locate(session.directory), **place)
    found = _in_the_picture(project, model)
    result = _around(
        project.resources,
        found,
        upstream=upstream or not downstream,
        downstream=downstream or not upstream,
        depth=depth,
    )
    result = replace(result, notes=tuple(_notes(project.problems, result)))
    for note in result.notes:
        click.echo(f"note: {note}", err=True)
    if output_format == "json":
        from platform_cli.reporting.lineage_as_json import lineage_as_json

        click.echo(lineage_as_json(result))
    elif output_format == "mermaid":
        from platform_cli.reporting.lineage_as_mermaid import lineage_as_mermaid

        click.echo(lineage_as_mermaid(result))
    else:
        from platform_cli.reporting.lineage_as_text import lineage_as_text

        click.echo(lineage_as_text(result))


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
    nodes = {one: _node(resources[one]) for one in (start, *sorted(set().union(*parts)))}
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


def _node(resource: AnyResource) -> LineageNode:
    owner = resource.meta.get("owner") if not isinstance(resource, Exposure) else resource.owner
    if isinstance(owner, dict):
        owner = owner.get("name") or owner.get("email")
    return LineageNode(
        unique_id=resource.unique_id,
        name=typed_name(resource).removeprefix("source:"),
        kind=type(resource).__name__.lower(),
        owner=(getattr(resource, "group", None) or owner or ""),
        path=resource.path,
    )
