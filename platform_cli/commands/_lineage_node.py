"""A resource as lineage shows it."""

from __future__ import annotations

import re

from platform_cli.project.owner import owner_of
from platform_cli.project.resources import AnyResource
from platform_cli.project.selection.methods import typed_name
from platform_cli.reporting.lineage import LineageNode


def lineage_node(resource: AnyResource) -> LineageNode:
    """Its name, dbt's word for it, and its owner: a group, or who its meta or itself names."""
    return LineageNode(
        unique_id=resource.unique_id,
        name=typed_name(resource).removeprefix("source:"),
        kind=_WORDS.sub(" ", type(resource).__name__).lower(),
        owner=owner_of(resource),
        path=resource.path,
    )


_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
