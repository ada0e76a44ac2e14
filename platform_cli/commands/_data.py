"""The rows of what is built, and of sources, to be looked at before something is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.commands._database import Contents, Database
from platform_cli.commands._engine import compiled_sql
from platform_cli.errors import ExitCode, PlatformError, Where, did_you_mean
from platform_cli.project.resources import Node, Source, Undecided

if TYPE_CHECKING:
    from platform_cli.project.project import Project


@contextmanager
def open_data(project: Project, *, needs_database: bool = True) -> Iterator[Contents]:
    """The target's database, read-only, with files found from the project's folder.

    Where none is there and none is needed, an empty one in memory. Raises PlatformError when it
    cannot be opened, or the profile asks for what only dbt can do.
    """
    from platform_cli import warehouse

    database = Database(project)
    reason = database.unusable()
    there = reason is None and database.file.is_file()
    if needs_database and not there:
        raise PlatformError(
            f"the data cannot be looked at: {reason or 'there is no database yet'}",
            hint="" if reason else "run `platform build` first, or check `path` in profiles.yml",
            where=None if reason else Where(str(database.file)),
            exit_code=ExitCode.ENVIRONMENT,
        )
    values = getattr(project.target, "values", {}) if reason is None else {}
    path = database.file if there else Path(":memory:")
    with chdir(project.root), warehouse.connect(path, read_only=there) as connection:
        if used := warehouse.prepare(connection, values):
            raise PlatformError(
                f"the data cannot be looked at: the profile uses {used}",
                hint="that is known to dbt alone: name a target without it, with --target",
                exit_code=ExitCode.ENVIRONMENT,
            )
        yield Contents(warehouse.relation_kinds(connection), connection)


def needs_database(resource: Node | Source) -> bool:
    """Whether it is a table of the database. Files, and queries of files, are read without one."""
    return isinstance(resource, Source) and not _is_in_files(resource)


def _is_in_files(source: Source) -> bool:
    return any("external_location" in one for one in (source.config.get("meta") or {}, source.meta))


def relation_of(project: Project, resource: Node | Source, contents: Contents) -> str:
    """What stands after `from` to read its rows: its table, its files, or else its query.

    Raises PlatformError when there is nothing to read.
    """
    name = _table(project, resource, contents)
    if contents.columns(f"from {name}") is not None:
        return name
    if isinstance(resource, Source):
        raise _missing_table(resource, contents, name)
    raise PlatformError(
        f"{resource.name} is not built, and neither is what it reads",
        hint=f"platform build --select +{resource.name}",
        where=Where(resource.path),
    )


def _table(project: Project, resource: Node | Source, contents: Contents) -> str:
    from platform_cli.project.jinja.dialect import Unknown
    from platform_cli.project.jinja.names_at_run import source_relation
    from platform_cli.warehouse import quoted

    if isinstance(resource, Source):
        try:
            relation = source_relation(resource)
        except (Unknown, KeyError, IndexError, ValueError) as error:
            raise PlatformError(
                f"where {resource.source_name}.{resource.name} lies is known to dbt alone: {error}",
                where=Where(resource.path),
            ) from error
        return str(relation.external or relation)
    if contents.kind(resource.database, resource.schema, resource.alias or resource.name):
        parts = (resource.database, resource.schema, resource.alias or resource.name)
        return ".".join(quoted(one) for one in parts if one)
    sql = compiled_sql(project, resource.unique_id, contents)
    if isinstance(sql, Undecided):
        raise PlatformError(
            f"{resource.name} is not built, and its SQL is known to dbt alone: {sql.reason}",
            hint=f"platform build --select +{resource.name}",
            where=Where(resource.path),
        )
    return f"(\n{sql}\n)"


def _missing_table(source: Source, contents: Contents, name: str) -> PlatformError:
    if _is_in_files(source):
        return PlatformError(
            f"the files of {source.source_name}.{source.name} cannot be read: {name}",
            hint="correct external_location, or put the files there",
            where=Where(source.path),
        )
    schema = (source.schema or source.source_name).lower()
    known = [table for _, its, table in contents.kinds if its == schema]
    if (source.identifier or source.name).lower() in known:
        return PlatformError(
            f"{name} is there, and cannot be read",
            hint="is it a view on what is gone, or has its name a quote in it?",
            where=Where(source.path),
        )
    return PlatformError(
        f"the database has no table {name}",
        hint=did_you_mean((source.identifier or source.name).lower(), known)
        or f"schema {schema} has {', '.join(sorted(known)[:8]) or 'no tables'}",
        where=Where(source.path),
    )
