"""How a project is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct


class Request(Struct, frozen=True):
    """How a project was asked for: `--target`, `--profiles-dir` and `--vars`.

    `adapter` is the type of its target where no profile says it.
    """

    target: str | None = None
    profiles_dir: Path | None = None
    vars: Mapping[str, Any] = {}
    adapter: str = "duckdb"
