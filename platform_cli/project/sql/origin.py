"""Where a column comes from."""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """A column of a resource."""

    unique_id: str
    column: str
