"""Declare a source: its tables, columns and types, and how fresh it has to be.

Section: Write
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.config import load_config
from platform_cli.errors import ExitCode, PlatformError, did_you_mean
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.locate import locate
from platform_cli.project.resources import Source
from platform_cli.scaffold.source.entry import (
    SourcePlan,
    declared,
    declared_tables,
    notes_on,
    source_edits,
    source_home,
)

if TYPE_CHECKING:
    from platform_cli.commands._database import Contents
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project
    from platform_cli.scaffold.source.found_table import FoundTable
    from platform_cli.warehouse import Connection


class _Look(NamedTuple):
    """What was found where the data lies."""

    plan: SourcePlan
    notes: list[str]


@click.command()
@click.argument("name")
@click.option("--schema", help="A schema of the target's database, or of --database.")
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Another DuckDB file.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder of Parquet, CSV or JSON files.",
)
@click.option("--tables", metavar="A,B", help="Only these tables.")
@writing_options
@project_options
@click.pass_obj
def new_source(
    session: Session,
    /,
    *,
    name: str,
    schema: str | None,
    database: Path | None,
    folder: Path | None,
    tables: str | None,
    **given: Any,
) -> ExitCode:
    """Declare a source: its tables, columns and types, and how fresh it has to be.

    Tables come from a schema, another database file, or a folder; without any of them from where
    the source lies already, or from the schema of its name. What the YAML says stays: tables,
    columns and types that are missing are added, by name. A new table gets `loaded_at_field` and
    `freshness`, with the reason, when a time column grows. Only the data is read, never written.

    \b
    Examples:
      platform new-source shop --schema raw
      platform new-source shop --folder data/shop --tables orders,customers --dry-run
      platform new-source crm --database ../crm.duckdb
      platform new-source shop --check
    """
    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    refuse_unread(project, "written")
    known = declared_tables(project, name)
    _check_name(project, name)
    if folder and (schema or database):
        raise PlatformError(
            "--folder is for files; --schema and --database are for tables", hint="give one"
        )
    wanted = [one.strip() for one in (tables or "").split(",") if one.strip()]
    place = session.directory / folder if folder else _folder_of(root, known, schema, database)
    if place:
        look = _in_folder(project, name, place, wanted)
    elif database and not _is_target(project, session.directory / database):
        look = _in_file(project, name, session.directory / database, schema or "main", wanted)
    else:
        look = _in_target(project, name, schema, wanted)
    notes = [*look.notes, *notes_on(known, look.plan)]
    layers = Layers(load_config(root).check.layers, project.model_paths)
    path = source_home(project, name, layers)
    from platform_cli.scaffold.drafted import drafted

    changes = drafted(project, source_edits(project, look.plan, path))
    if session.verbosity >= 0:
        for note in notes:
            click.echo(f"note: {note}", err=True)
    new = [one.name for one in look.plan.tables if declared(known, one) is None]
    what = f"{len(look.plan.tables)} table{'s' * (len(look.plan.tables) != 1)}, {len(new)} new"
    return carry_out(
        root,
        Planned(
            changes=changes,
            words={one.path: [what] for one in changes},
            details={"source": name, "new_tables": new, "notes": notes},
            then="write what is marked TODO, then `platform check`; `platform new-model stg_..."
            f" --from source:{name}.{look.plan.tables[0].name}`",
        ),
        wish,
        session,
    )


def _check_name(project: Project, name: str) -> None:
    own = {one.source_name for one in project.of(Source) if one.package_name == project.name}
    if name in own:
        return
    if alike := next((one for one in own if one.lower() == name.lower()), None):
        raise PlatformError(
            f"there is a source {alike!r}: two that differ in letter case are one for DuckDB",
            hint=f"platform new-source {alike}",
        )
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise PlatformError(
            f"{name!r} is no name for a source: small letters, digits and _ only",
            hint=f"for example {snake_case(name)}",
        )


def _folder_of(
    root: Path, known: list[Source], schema: str | None, database: Path | None
) -> Path | None:
    """Where the files of a source lie that is declared already."""
    if schema or database:
        return None
    for one in known:
        location = (one.config.get("meta") or {}).get("external_location")
        if isinstance(location, str) and "(" not in location and "://" not in location:
            return (root / location.strip("'")).parent
    return None


def _is_target(project: Project, file: Path) -> bool:
    target = duckdb_file(project)
    return isinstance(target, Path) and target.resolve() == file.resolve()


def _in_folder(project: Project, name: str, folder: Path, wanted: list[str]) -> _Look:
    from platform_cli.commands._data import open_data
    from platform_cli.scaffold.source.files import described, files_of_tables, source_location

    if not folder.is_dir():
        near = did_you_mean(folder.name, [one.name for one in folder.parent.glob("*/")])
        raise PlatformError(
            f"there is no folder {folder}", hint=near or "name the one of the files"
        )
    tables, said = files_of_tables(project.root, folder)
    known = declared_tables(project, name)
    with open_data(project, needs_database=False) as contents:
        found, unread = described(contents.connection, tables, wanted, f"the folder {folder.name}")
        found = [_as_dbt_reads_it(project, one, known, contents) for one in found]
        config, why = _freshness(contents.connection, found, known)
    there = {one.name for one in found if declared(known, one)}
    notes = [words for table, words in said if table not in there]
    location = "" if known else source_location(found)
    plan = SourcePlan(name, found, location=location or _said_location(known), config=config)
    return _Look(plan, [*notes, *unread, *why])


def _as_dbt_reads_it(
    project: Project, found: FoundTable, known: list[Source], contents: Contents
) -> FoundTable:
    """A table that is declared lies where its entry says: one release of several, for example."""
    from platform_cli.commands._data import relation_of
    from platform_cli.warehouse import relation_columns

    entry = declared(known, found)
    if entry is None:
        return found
    relation = relation_of(project, entry, contents)
    columns = tuple(relation_columns(contents.connection, f"from {relation}"))
    return replace(found, columns=columns, relation=relation)


def _said_location(known: list[Source]) -> str:
    locations = {str((one.config.get("meta") or {}).get("external_location")) for one in known}
    one = locations.pop() if len(locations) == 1 else ""
    return one if "{name}" in one else ""


def _in_file(project: Project, name: str, file: Path, schema: str, wanted: list[str]) -> _Look:
    from platform_cli.scaffold.source.tables import found_tables, schema_named
    from platform_cli.warehouse import connect

    if not file.is_file():
        near = did_you_mean(file.name, [one.name for one in file.parent.glob("*.*")])
        raise PlatformError(f"there is no database {file}", hint=near or "name a DuckDB file")
    with file.open("rb") as opened:
        if opened.read(12)[8:] != b"DUCK":
            raise PlatformError(
                f"{file} is not a DuckDB file", hint="files of data are read with --folder DIR"
            )
    with connect(file) as connection:
        there = found_tables(connection, schema_named(connection, schema), wanted)
        found, odd = _usable(there)
        config, notes = _freshness(connection, found, declared_tables(project, name))
    attached = getattr(project.target, "values", {}).get("attach") or ()
    mine = [
        one
        for one in attached
        if isinstance(one, dict)
        and (project.root / str(one.get("path"))).resolve() == file.resolve()
    ]
    alias = str(mine[0].get("alias") or file.stem) if mine else snake_case(file.stem)
    if not mine:
        path = os.path.relpath(file, project.root).replace(os.sep, "/")
        notes.insert(
            0,
            f"dbt reads {path} once profiles.yml has, under the target:"
            f" `attach: [{{path: {path}, alias: {alias}, read_only: true}}]`",
        )
    return _Look(SourcePlan(name, found, alias, schema, config=config), [*odd, *notes])


def _in_target(project: Project, name: str, schema: str | None, wanted: list[str]) -> _Look:
    from platform_cli.commands._data import open_data
    from platform_cli.scaffold.source.tables import found_tables, schema_named

    known = declared_tables(project, name)
    said = next((one.schema for one in known if one.schema), None)
    with open_data(project) as contents:
        connection = contents.connection
        there = schema_named(connection, schema or said or name)
        found = found_tables(connection, there, wanted)
        built = _built_by_dbt(project, there)
        if not wanted:
            found = [one for one in found if one.name.lower() not in built]
            if not found:
                raise PlatformError(
                    f"all tables of schema {there} are built by this project",
                    hint="a source is what somebody else loads: name its schema",
                )
        found, odd = _usable(found)
        config, notes = _freshness(connection, found, known)
    return _Look(SourcePlan(name, found, schema=there, config=config), [*odd, *notes])


def _usable(tables: list[FoundTable]) -> tuple[list[FoundTable], list[str]]:
    """The tables that dbt can name, and what is said of the others."""
    from platform_cli.scaffold.source.tables import unwritable

    odd = unwritable(one.name for one in tables)
    notes = [f"{one}: left out, dbt cannot use a name with a quote or Jinja in it" for one in odd]
    if len(odd) == len(tables):
        raise PlatformError(f"nothing can be declared: {notes[0]}", hint="give it a plain name")
    return [one for one in tables if one.name not in odd], notes


def _built_by_dbt(project: Project, schema: str) -> set[str]:
    """What dbt makes in this schema is no source."""
    from platform_cli.project.resources import Model, Seed, Snapshot

    return {
        (one.alias or one.name).lower()
        for one in project.resources.values()
        if isinstance(one, Model | Seed | Snapshot) and (one.schema or "").lower() == schema.lower()
    }


def _freshness(
    connection: Connection, tables: list[FoundTable], known: list[Source]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Config of the new tables, and why it is so, or why there is none."""
    from platform_cli.scaffold.facts.column_facts import ColumnFacts, TableFacts, look_at_times
    from platform_cli.scaffold.facts.freshness import freshness
    from platform_cli.warehouse import rows

    config: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    now = datetime.now(UTC).replace(tzinfo=None)
    for one in tables:
        if declared(known, one) is not None:
            continue
        try:
            [(count,)] = rows(connection, f"select count(*) from {one.relation}")  # noqa: S608
            columns = tuple(ColumnFacts(name, type_) for name, type_ in one.columns)
            times = look_at_times(connection, TableFacts(one.relation, count, 0, columns))
        except PlatformError as error:
            notes.append(f"{one.name} cannot be read: {error.message.splitlines()[0]}")
            continue
        found, why = freshness(times, now)
        if found:
            config[one.name] = found.config
            notes.append(f"{one.name}: loaded_at_field {found.because}")
        else:
            rest = "it has no rows" if not count else why
            notes.append(f"{one.name}: no freshness proposed, {rest}")
    return config, notes
