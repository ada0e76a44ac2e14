"""The columns of what is built already, or of a source's files, as DuckDB describes them."""

from __future__ import annotations

from pathlib import Path

from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import AnyResource, Column, Node, Source


class DescribedColumns:
    """Asks DuckDB once per resource; files are found from the project's root, as dbt does it."""

    def __init__(self, root: Path, database: Path | None) -> None:
        self._root = root
        self._database = database

    def __call__(self, resource: AnyResource) -> tuple[Column, ...] | None:
        """The columns with types; None when there is no such relation, or no file to read."""
        files = _external_location(resource) if isinstance(resource, Source) else None
        if files:
            return self._describe(files, None)
        name = _relation(resource)
        return self._describe(name, self._database) if name and self._database else None

    def _describe(self, relation: str, database: Path | None) -> tuple[Column, ...] | None:
        from platform_cli.warehouse import connect, rows

        try:
            path = database or Path(":memory:")
            with connect(path, read_only=database is not None) as connection:
                # A view on files has their paths as dbt wrote them: from the project's root.
                folder = str(self._root).replace("'", "''")
                connection.execute(f"set file_search_path = '{folder}'")
                found = rows(connection, f"describe select * from {relation}")  # noqa: S608
        except PlatformError:
            return None
        return tuple(Column(name, data_type=type_.lower()) for name, type_, *_ in found)


def _external_location(source: Source) -> str | None:
    """Where dbt-duckdb reads the source from: a file's path in quotes, or a table function."""
    metas = (source.config.get("meta"), source.meta)
    written = next(
        (one["external_location"] for one in metas if one and "external_location" in one), None
    )
    if not isinstance(written, str):
        return None
    try:
        location = written.format(
            name=source.name,
            identifier=source.identifier or source.name,
            source_name=source.source_name,
            schema=source.schema or source.source_name,
        )
    except (KeyError, IndexError, ValueError):
        return None
    return location if "(" in location or location.startswith("'") else f"'{location}'"


def _relation(resource: AnyResource) -> str | None:
    if not isinstance(resource, Node | Source) or not resource.schema:
        return None
    name = resource.identifier if isinstance(resource, Source) else resource.alias
    return f"{quoted(resource.schema)}.{quoted(name or resource.name)}"
