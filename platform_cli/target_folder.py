"""Where dbt writes its artifacts; what we remember lies there too."""

from __future__ import annotations

import os
import re
from pathlib import Path


def target_folder(project: Path, chosen: Path | None = None) -> Path:
    """What `--target-path` gave (`chosen`), the environment, the project file, or `target`."""
    folder = (
        str(chosen or "")
        or os.environ.get("DBT_ENGINE_TARGET_PATH")
        or os.environ.get("DBT_TARGET_PATH")
        or _in_project_file(project)
        or "target"
    )
    return project / folder


def _in_project_file(project: Path) -> str:
    try:
        text = (project / "dbt_project.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    # One line of a file that may be broken: dbt is the one to say what is wrong with it. And the
    # cache, whose place this is, is there so that no YAML has to be read.
    line = re.search(r"^target-path:[ \t]*[\"']?([^\s\"'#{]+)", text, re.MULTILINE)
    return line[1] if line else ""
