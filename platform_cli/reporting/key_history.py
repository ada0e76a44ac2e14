"""The versions of one key, for the formats that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Version:
    """One version: valid from, and to (None while it is open).

    `deleted` is True of a record that says "deleted". `changed` are the columns in which it
    differs from the version before; none in the first.
    """

    valid_from: Any
    valid_to: Any
    deleted: bool
    changed: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """All versions of a key, oldest first. `columns` are the source's, without the key's."""

    snapshot: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    versions: tuple[Version, ...]
