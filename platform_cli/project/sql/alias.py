"""What a resource is called in SQL that does not say otherwise."""

from __future__ import annotations

from platform_cli.project.resources import Node, Resource, Source


def alias_of(resource: Resource) -> str:
    """The last part of its name in the database, as far as it is known without a profile."""
    if isinstance(resource, Source):
        named = resource.identifier if "identifier" not in resource.undecided else None
    else:
        known = isinstance(resource, Node) and "alias" not in resource.undecided
        named = getattr(resource, "alias", None) if known else None
    return named or resource.name
