"""Columns as a properties file declares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from platform_cli.project.resources import Column


def read_columns(raw: Iterable[Any]) -> dict[str, Column]:
    """The columns by name, in order; of equal names the last."""
    columns = {}
    for entry in raw:
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            columns[entry["name"]] = _column(entry)
    return columns


def column_tags(entry: dict[str, Any]) -> list[str]:
    """The tags of a column, from beside its name and from its config."""
    return list(dict.fromkeys([*_strings(entry.get("tags")), *_strings(_config(entry, "tags"))]))


def _column(entry: dict[str, Any]) -> Column:
    meta = _config(entry, "meta")
    return Column(
        name=entry["name"],
        description=entry.get("description") or "",
        data_type=entry.get("data_type"),
        quote=entry.get("quote"),
        meta={**(entry.get("meta") or {}), **(meta if isinstance(meta, dict) else {})},
        tags=tuple(column_tags(entry)),
        constraints=tuple(entry.get("constraints") or ()),
    )


def _config(entry: dict[str, Any], key: str) -> Any:
    config = entry.get("config")
    return config.get(key) if isinstance(config, dict) else None


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, list) else []
