"""What a project's SQL is written for, where no profile says it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from platform_cli.config import Adapter

_FILES = (
    "requirements*.txt", "requirements*.in", "pyproject.toml", "Pipfile", "setup.py", "*.yml",
    "Dockerfile", "environment.yml", "meltano.yml", ".github/workflows/*.y*ml", ".gitlab-ci.yml",
    "profile*/profiles.yml", "*/profiles.yml",
)  # fmt: skip


def likely_adapter(*folders: Path) -> str:
    """The adapter that the files around the project name, empty unless it is exactly one.

    `dbt-snowflake` in a requirements file, `type: snowflake` in some profiles.yml.
    """
    known = "|".join(get_args(Adapter))
    named = re.compile(rf"\bdbt-({known})\b|^\s+type:\s*['\"]?({known})\b", re.MULTILINE)
    for folder in folders:
        found = set[str]()
        for pattern in _FILES:
            for path in sorted(folder.glob(pattern))[:20]:
                try:
                    text = path.read_text(encoding="utf-8", errors="replace")
                except OSError:
                    continue
                found |= {one[1] or one[2] for one in named.finditer(text)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""
