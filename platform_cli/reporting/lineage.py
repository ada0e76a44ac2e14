"""A resource with what it is made from and what is made from it, to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from platform_cli.errors import Where


@dataclass(frozen=True, slots=True)
class LineageNode:
    """A resource as it is shown: `kind` is dbt's word for it, `owner` a group or empty."""

    unique_id: str
    name: str
    kind: str
    owner: str
    path: str


@dataclass(frozen=True, slots=True)
class LineageNote:
    """What is wrong with a node (`resource`, a unique id), so that the picture lacks something."""

    resource: str
    message: str
    where: Where | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True, slots=True)
class Lineage:
    """The part of the graph around `start`. Edges go from what is read to who reads it."""

    start: LineageNode
    nodes: tuple[LineageNode, ...]
    edges: tuple[tuple[str, str], ...]
    upstream: bool
    downstream: bool
    notes: tuple[LineageNote, ...] = ()
