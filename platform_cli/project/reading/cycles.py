"""Resources that read each other in a circle, where dbt stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from platform_cli.project.problem import Problem
from platform_cli.project.resources import AnyResource, Node


def cycles(resources: Iterable[AnyResource]) -> Iterator[Problem]:
    """A problem for each circle, at the ref that closes it."""
    nodes = {one.unique_id: one for one in resources if isinstance(one, Node)}
    done: set[str] = set()
    for start in sorted(nodes):
        way: dict[str, Iterator[str]] = {}
        here: str | None = start
        while here is not None and here not in done:
            if here not in way:
                way[here] = iter(nodes[here].depends_on)
            parent = next((one for one in way[here] if one in nodes and one not in done), None)
            if parent in way:
                names = list(way)
                yield _circle([nodes[one] for one in names[names.index(parent) :]])
            elif parent is not None:
                here = parent
            else:
                done.add(here)
                del way[here]
                here = next(reversed(way), None)


def _circle(nodes: list[Node]) -> Problem:
    begin = nodes.index(min(nodes, key=lambda node: node.unique_id))
    nodes = nodes[begin:] + nodes[:begin]
    first, last = nodes[0], nodes[-1]
    closing = next((ref for ref in last.references if ref.unique_id == first.unique_id), None)
    names = [node.name for node in (*nodes, first)]
    return Problem(
        f"these models read each other in a circle: {' -> '.join(names)}",
        kind="cycle",
        path=last.path,
        line=closing.line if closing else 0,
        column=closing.column if closing else 0,
        hint="take one of these refs out: what both need belongs in a third model",
        resource=last.unique_id,
    )
