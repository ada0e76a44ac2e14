"""How an owner can be reached."""

from __future__ import annotations

from platform_cli.conventions.meta_value import meta_value
from platform_cli.project.resources import Exposure, Group


def has_contact(resource: Exposure | Group, keys: tuple[str, ...]) -> bool:
    """Whether one of the keys has a value, in `owner:` or in `meta`."""
    return any(resource.owner.get(key) or meta_value(resource, key) for key in keys)
