"""YAML values where dbt takes one thing for a list of it, and nothing for an empty mapping."""

from __future__ import annotations

from typing import Any


def as_list(value: Any) -> list[Any]:
    """The value if it is a list, nothing for None, else a list of the value alone."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def as_mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}
