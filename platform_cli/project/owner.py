"""Whose a resource is."""

from __future__ import annotations

from platform_cli.project.resources import AnyResource, Exposure, Node


def owner_of(resource: AnyResource) -> str:
    """Its group, or the owner that its `meta` or exposure names; empty when nobody is named."""
    if isinstance(resource, Exposure):
        return _named(resource.owner)
    metas = (resource.config.get("meta"), resource.meta)
    written = next(
        (one["owner"] for one in metas if isinstance(one, dict) and one.get("owner")), ""
    )
    return (getattr(resource, "group", None) if isinstance(resource, Node) else None) or _named(
        written
    )


def _named(owner: object) -> str:
    if isinstance(owner, dict):
        owner = owner.get("name") or owner.get("email")
    return str(owner or "")
