"""What is found in a project, and what it will get."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from platform_cli.project.edits.drafts import Change
from platform_cli.scaffold.adoption.files import Untouched, Wanted


@dataclass
class Found:
    """Gathered while looking: paths are from the project's root; `facts` are for programs."""

    changes: list[Change] = field(default_factory=list)
    untouched: list[Untouched] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
