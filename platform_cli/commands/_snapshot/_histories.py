"""Find snapshots and open the file that holds their histories, without dbt where that can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir, closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from platform_cli import warehouse
from platform_cli.commands._project import read_project
from platform_cli.dbt_runner import declared_line
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.locate import locate
from platform_cli.project.resources import Snapshot, Undecided
from platform_cli.snapshots.declared import declared, no_such_snapshot, snapshot_named
from platform_cli.snapshots.history_table import HistoryTable, history_of, insist_on_a_table

if TYPE_CHECKING:
    from pathlib import Path

    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import SnapshotNode
    from platform_cli.project.project import Project
    from platform_cli.warehouse import Connection


@dataclass(frozen=True, slots=True)
class Found:
    """The snapshots that were asked for, and the database that their histories lie in."""

    nodes: tuple[SnapshotNode, ...]
    root: Path
    file: Path
    profile: dict[str, Any]

    @contextmanager
    def opened(self, *, write: bool = False) -> Iterator[Connection]:
        """A connection in UTC to the database file, closed at the end.

        Raises PlatformError (exit code 3) when the file cannot be opened, (1) when it is missing.
        """
        if not self.file.exists():
            raise PlatformError(
                f"there is no database yet: {self.file}",
                hint="take the first look: platform snapshot",
                exit_code=ExitCode.FINDINGS,
            )
        # dbt works in the project's folder: paths in the profile are meant from there.
        with (
            chdir(self.root),
            closing(warehouse.connect(self.file, read_only=not write)) as connection,
        ):
            # What else the profile asks for (plugins, say) no history needs.
            warehouse.prepare(connection, self.profile, read_only=not write)
            warehouse.rows(connection, "set TimeZone = 'UTC'")
            yield connection


def find(session: Session, names: tuple[str, ...], place: dict[str, Any]) -> Found:
    """The snapshots of these names, all when none is given.

    Raises PlatformError when one does not exist (with near names), when there is none at all, or
    when the target is no DuckDB file.
    """
    root = locate(session.directory)
    project = read_project(root, **place)
    chosen = [snapshot_named(name, project) for name in dict.fromkeys(names)]
    every = chosen or sorted(project.of(Snapshot), key=lambda one: one.name)
    if not every:
        raise PlatformError("the project has no snapshots", hint="see: platform snapshot --help")
    file = duckdb_file(project)
    if isinstance(file, Undecided):
        raise _no_file(project, file)
    nodes = tuple(_declared(one, root, place) for one in every)
    return Found(nodes, root, file, dict(getattr(project.target, "values", {})))


@contextmanager
def one_history(
    session: Session, name: str, place: dict[str, Any], *, write: bool = False
) -> Iterator[tuple[Connection, HistoryTable]]:
    """The history of one snapshot, which must be there, and the connection to its file.

    Raises PlatformError as `find` and `Found.opened` do, and when there is no such table.
    """
    found = find(session, (name,), place)
    with found.opened(write=write) as connection:
        history = history_of(connection, found.nodes[0])
        if write:
            insist_on_a_table(history)
        yield connection, history


def _declared(snapshot: Snapshot, root: Path, place: dict[str, Any]) -> SnapshotNode:
    known = declared(snapshot)
    if not isinstance(known, Undecided):
        return replace(known, line=declared_line(known.name, root / known.path))
    click.echo(f"asking dbt, which takes some seconds: {known.reason}", err=True)
    from platform_cli import dbt_runner
    from platform_cli.commands._explained import explained

    options = dbt_runner.Options(**place)
    with explained(root, options):
        nodes = dbt_runner.snapshot_nodes(dbt_runner.parse(root, options), root)
    for node in nodes:
        if node.unique_id == snapshot.unique_id:
            return node
    raise no_such_snapshot(snapshot.name, (node.name for node in nodes))


def _no_file(project: Project, why: Undecided) -> PlatformError:
    for problem in project.problems:
        if problem.severity == "error" and problem.kind == "profile":
            return PlatformError(problem.message, hint=problem.hint, where=problem.where)
    return PlatformError(
        f"this command reads the DuckDB file of the target, and here is none: {why.reason}",
        hint="choose a target with a DuckDB file: --target NAME",
        where=Where(why.path, why.line or None) if why.path else None,
    )
