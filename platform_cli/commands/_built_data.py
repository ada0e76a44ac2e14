"""What is built, to be looked at while something new is written; or nothing, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.commands._database import Contents
from platform_cli.errors import PlatformError
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from platform_cli.project.project import Project


@contextmanager
def built_data(project: Project) -> Iterator[tuple[Contents, str]]:
    """The target's database, opened read-only; or an empty one in memory, and why.

    Files are found from the project's folder, as dbt finds them.
    """
    from platform_cli import warehouse

    values = getattr(project.target, "values", {})
    file = duckdb_file(project)
    why = ""
    if isinstance(file, Undecided):
        why = file.reason
    elif not file.is_file():
        why = "there is no database yet"
    with chdir(project.root):
        if isinstance(file, Path) and not why:
            try:
                connection = warehouse.connect(file)
            except PlatformError as error:
                why = error.message
            else:
                with connection:
                    if not (used := warehouse.prepare(connection, values)):
                        yield Contents(warehouse.relation_kinds(connection), connection), ""
                        return
                    why = f"the profile uses {used}"
        with warehouse.connect(Path(":memory:"), read_only=False) as connection:
            if not isinstance(file, Undecided):
                warehouse.prepare(connection, values)
            yield Contents({}, connection), why
