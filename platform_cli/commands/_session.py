"""What every command gets from the root command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Session:
    """Where to start looking for the project (absolute), and how much to say (0 is normal)."""

    directory: Path
    verbosity: int
