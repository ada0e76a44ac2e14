"""What is known of the SQL of one project, lent to a copy of it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Literal

from platform_cli.project.project import Project
from platform_cli.project.reading.cache import kept_path
from platform_cli.project.reading.read_through import path_of


def lend_queries(project: Project, copy: Path) -> None:
    """Let a reading of the folder `copy` begin with what is kept of the project's SQL.

    What is kept is asked for by content, so it holds for what is the same in both.
    """
    kinds: tuple[Literal["sql", "style"], ...] = ("sql", "style")
    for kind in kinds:
        old = Path(kept_path(path_of(project.root, project.request), kind))
        new = Path(kept_path(path_of(copy, project.request), kind))
        if old == new:
            return
        with suppress(OSError):  # nothing is kept, or nothing can be: it is read anew
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(old, new)
