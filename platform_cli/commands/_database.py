"""The target's DuckDB file, asked by this process and not through dbt."""

from __future__ import annotations

from contextlib import chdir, closing
from typing import TYPE_CHECKING, Any, TypeVar

from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from platform_cli.project.project import Project

Kinds = dict[tuple[str, str, str], str]
"""What the database holds: "table" or "view" by database, schema and name, in lower case."""

_Answer = TypeVar("_Answer")


class Database:
    """The database of a project's target."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def file(self) -> Path:
        """Where the database lies, if it is a file."""
        return self._project.root / str(getattr(self._project.target, "path", ""))

    def unusable(self) -> str | None:
        """Why this process cannot ask it; None when it can, once the file is there."""
        target = self._project.target
        if isinstance(target, Undecided):
            return target.reason
        if target.type != "duckdb":
            return f"the target is {target.type}, not DuckDB"
        path = str(target.path or ":memory:")
        if path.startswith(":memory:") or ":" in path.split("/", maxsplit=1)[0][2:]:
            return f"the database is not a file: {path}"
        return None

    def ask(self, question: Callable[[Kinds, Any], _Answer]) -> _Answer | Undecided:
        """What `question` returns of what there is and an open connection; Undecided when the
        profile asks for something that only dbt can do.

        Raises PlatformError when the file cannot be opened, or the profile is wrong.
        """
        from platform_cli import warehouse

        # dbt works in the project's folder: relative paths of files are meant from there.
        with chdir(self._project.root), closing(warehouse.connect(self.file)) as connection:
            values = getattr(self._project.target, "values", {})
            if used := warehouse.prepare(connection, values):
                return Undecided(f"the profile uses {used}")
            return question(warehouse.relation_kinds(connection), connection)
