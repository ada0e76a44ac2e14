"""What a resource's `meta` says."""

from __future__ import annotations

from typing import Any

from platform_cli.conventions.rule import known
from platform_cli.project.resources import AnyResource
from platform_cli.project.still_to_write import is_still_to_write


def meta_value(resource: AnyResource, key: str) -> Any:
    """The value of a key of `meta`, set under `config:`, beside it, or for a whole folder.

    None when nobody sets it. Raises UndecidedError when only dbt can tell.
    """
    value = known(resource, f"config.meta.{key}")
    return known(resource, f"meta.{key}") if value is None else value


def says(value: Any) -> bool:
    """Whether a value says something: `TODO` does not."""
    return bool(value) and not (isinstance(value, str) and is_still_to_write(value))
