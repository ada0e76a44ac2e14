"""The target's DuckDB file, asked by this process and not through dbt."""

from __future__ import annotations

from contextlib import chdir, closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from platform_cli.errors import PlatformError
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from platform_cli.project.project import Project
    from platform_cli.warehouse import Connection

Kinds = dict[tuple[str, str, str], str]
"""What the database holds: "table" or "view" by database, schema and name, in lower case."""

_Answer = TypeVar("_Answer")


class Contents:
    """The open database, as compiling asks it (project.jinja.catalog) and as queries need it."""

    def __init__(self, kinds: Kinds, connection: Connection) -> None:
        self.kinds = kinds
        self.connection = connection

    def kind(self, database: str | None, schema: str | None, name: str | None) -> str | None:
        return self.kinds.get(
            ((database or "").lower(), (schema or "").lower(), (name or "").lower())
        )

    def columns(self, relation: str) -> list[tuple[str, str]] | None:
        from platform_cli.warehouse import relation_columns

        try:
            return relation_columns(self.connection, relation)
        except PlatformError:
            # It is not there, or is a view whose tables are gone: dbt finds the words for it.
            return None


class Database:
    """The database of a project's target."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def file(self) -> Path:
        """Where the database lies; only when nothing makes it unusable."""
        file = duckdb_file(self._project)
        assert isinstance(file, Path)  # noqa: S101  (`unusable` has been asked)
        return file

    def unusable(self) -> str | None:
        """Why this process cannot ask it; None when it can, once the file is there."""
        file = duckdb_file(self._project)
        return file.reason if isinstance(file, Undecided) else None

    def ask(self, question: Callable[[Contents], _Answer]) -> _Answer | Undecided:
        """What `question` returns of the open database; Undecided when the profile asks for
        something that only dbt can do.

        Raises PlatformError when the file cannot be opened, or the profile is wrong.
        """
        from platform_cli import warehouse

        # dbt works in the project's folder: relative paths of files are meant from there.
        with chdir(self._project.root), closing(warehouse.connect(self.file)) as connection:
            values = getattr(self._project.target, "values", {})
            if used := warehouse.prepare(connection, values):
                return Undecided(f"the profile uses {used}")
            return question(Contents(warehouse.relation_kinds(connection), connection))
