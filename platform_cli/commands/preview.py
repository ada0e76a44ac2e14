"""Show rows of a model without writing anything.

Section: Look
"""

from __future__ import annotations

from contextlib import chdir, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._explained import explained
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._rows import ROWS_FORMAT, show_rows
from platform_cli.config import load_config
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.locate import locate
from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options
    from platform_cli.project.jinja.render import CompiledSql
    from platform_cli.project.problem import Problem
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Node
    from platform_cli.reporting.table import Table

Kinds = dict[tuple[str, str, str], str]
"""What the database holds: "table" or "view" by database, schema and name."""

_OF_A_TEST = "the SQL of a data test is written by dbt"


@click.command()
@click.argument("model")
@click.option(
    "--limit", type=click.IntRange(min=0), help="Rows at most; by default what platform.yml says."
)
@click.option("--sql", "only_sql", is_flag=True, help="Show the compiled SQL, and run nothing.")
@ROWS_FORMAT
@project_options
@click.pass_obj
def preview(
    session: Session,
    /,
    model: str,
    limit: int | None,
    *,
    only_sql: bool,
    output_format: str,
    **place: Any,
) -> int:
    """Show rows of a model without writing anything.

    The model's SQL runs on what is built: its parents must exist, the model itself need not.
    dbt is only started when the SQL cannot be known without it; then a line on stderr says so.
    MODEL may be a snapshot, an analysis, or a data test: its rows are those that fail it.

    \b
    Examples:
      platform preview fct_route_delays
      platform preview fct_route_delays --limit 5 --output-format json
      platform preview fct_route_delays --sql
    """
    root = locate(session.directory)
    if limit is None:
        limit = load_config(root).preview.limit
    asked = _Asked(root, model, limit, place)
    if only_sql:
        click.echo(asked.sql().strip("\n"))
        return ExitCode.OK
    table = asked.rows()
    show_rows(table, asked.node.name, session, output_format)
    return ExitCode.OK


class _Asked:
    """One preview: from files and the database when possible, from dbt otherwise."""

    def __init__(self, root: Path, model: str, limit: int, place: dict[str, Any]) -> None:
        """`place` is the target, profiles_dir and vars (text) that the user gave."""
        self._root = root
        self._limit = limit
        self._place = place
        self.project: Project = read_project(root, **place)
        self.node: Node = _node(self.project, model)

    def sql(self) -> str:
        """The compiled SQL."""
        compiled = self._compile(None)
        if isinstance(compiled, Undecided) and self._unusable() is None and self._file().exists():
            # The database may know what the files do not.
            compiled = self._in_database(self._compile)
        if not isinstance(compiled, Undecided):
            return compiled.sql
        self._say(compiled.reason)
        from platform_cli import dbt_runner

        options = self._options()
        with explained(self._root, options):
            return dbt_runner.compile(self._root, options).nodes[0].compiled_code

    def rows(self) -> Table:
        """The first rows."""
        reason = self._unusable()
        if reason is None:
            self._require_file()
            found: Table | str = self._in_database(self._first_rows)
            if not isinstance(found, str):
                return found
            reason = found
        self._say(reason)
        from platform_cli import dbt_runner
        from platform_cli.reporting.table import Table

        options = self._options(limit=self._limit + 1)
        with explained(self._root, options):
            shown = dbt_runner.show(self._root, options)
        return Table(shown.columns, shown.rows[: self._limit], more=len(shown.rows) > self._limit)

    def _first_rows(self, kinds: Kinds, connection: Any) -> Table | str:
        """The rows, or why only dbt can get them."""
        from platform_cli.reporting.table import Table
        from platform_cli.warehouse import first_rows

        compiled = self._compile(kinds)
        if isinstance(compiled, Undecided):
            return compiled.reason
        self._require_parents(kinds)
        try:
            found = first_rows(connection, compiled.sql, self._limit + 1)
        except PlatformError as error:
            raise self._in_the_model(error) from error
        more = len(found.values) > self._limit
        return Table(found.columns, found.values[: self._limit], more=more)

    def _in_the_model(self, error: PlatformError) -> PlatformError:
        """DuckDB's complaint about the model's query, with the model's name and file."""
        if error.where or error.exit_code is not ExitCode.FINDINGS:
            return error
        from platform_cli.reporting.advice import advice

        return PlatformError(
            f"{self.node.name}: {error.message}",
            hint="\n".join(
                [
                    *advice(error.message, self.node.name),
                    f"platform preview {self.node.name} --sql shows the query, with these lines",
                ]
            ),
            where=Where(self.node.path),
            exit_code=error.exit_code,
        )

    def _in_database(self, ask: Callable[[Kinds, Any], Any]) -> Any:
        """What `ask` returns, or what in the profile only dbt can do."""
        from platform_cli import warehouse

        # dbt works in the project's folder: relative paths of files are meant from there.
        with chdir(self._root), closing(warehouse.connect(self._file())) as connection:
            if used := warehouse.prepare(connection, self._values()):
                reason = f"the profile uses {used}"
                return reason if ask == self._first_rows else Undecided(reason)
            return ask(warehouse.relation_kinds(connection), connection)

    def _compile(
        self, kinds: Kinds | None, connection: Any | None = None
    ) -> CompiledSql | Undecided:
        from platform_cli.project.jinja.dialect import BrokenJinja
        from platform_cli.project.jinja.render import compile_model

        if self._is_test():
            return Undecided(_OF_A_TEST)

        def kind_of(database: str | None, schema: str | None, name: str | None) -> str | None:
            key = ((database or "").lower(), (schema or "").lower(), (name or "").lower())
            return kinds.get(key) if kinds is not None else None

        try:
            return compile_model(
                self.project, self.node.unique_id, kind_of if kinds is not None else None
            )
        except BrokenJinja as broken:
            from platform_cli.reporting.advice import advice

            raise PlatformError(
                f"{self.node.name} does not compile: {broken.message}",
                hint="\n".join(advice(broken.message, self.node.name))
                or "correct the Jinja on this line",
                where=Where(self.node.path, broken.line or None),
            ) from broken

    def _unusable(self) -> str | None:
        """Why this process cannot ask the target's database itself."""
        if self._is_test():
            return _OF_A_TEST
        file = duckdb_file(self.project)
        return file.reason if isinstance(file, Undecided) else None

    def _is_test(self) -> bool:
        from platform_cli.project.resources import DataTest

        return isinstance(self.node, DataTest)

    def _values(self) -> Mapping[str, Any]:
        return getattr(self.project.target, "values", {})

    def _file(self) -> Path:
        """The database's file; only when it is usable."""
        file = duckdb_file(self.project)
        assert isinstance(file, Path)  # noqa: S101  (`_unusable` has been asked)
        return file

    def _require_file(self) -> None:
        if not self._file().exists():
            raise PlatformError(
                f"there is no database yet: {self._file()}",
                hint=f"build the model and what it reads: {self._build_words()}",
                where=Where(self.node.path),
                exit_code=ExitCode.FINDINGS,
            )

    def _require_parents(self, kinds: Kinds) -> None:
        missing = [parent.name for parent in self._parents() if _key(parent) not in kinds]
        if missing:
            one = len(missing) == 1
            raise PlatformError(
                f"{self.node.name} reads {', '.join(missing)}, which {'is' if one else 'are'} "
                "not built yet",
                hint=f"build what it reads, then preview again: {self._build_words()}",
                where=Where(self.node.path),
                exit_code=ExitCode.FINDINGS,
            )

    def _parents(self) -> Iterator[Node]:
        """The nodes whose relations the SQL reads: parents, through ephemeral ones."""
        from platform_cli.project.resources import Node

        todo, seen = [self.node], {self.node.unique_id}
        while todo:
            for reference in todo.pop().references:
                parent = self.project.resources.get(reference.unique_id or "")
                if not isinstance(parent, Node) or parent.unique_id in seen:
                    continue
                seen.add(parent.unique_id)
                if parent.config.get("materialized") == "ephemeral":
                    todo.append(parent)
                else:
                    yield parent

    def _build_words(self) -> str:
        return f"platform build --select +{self.node.name}"

    def _say(self, reason: str) -> None:
        for problem in self.project.problems:
            if problem.severity == "error" and self._is_final(problem):
                raise PlatformError(problem.message, hint=problem.hint, where=problem.where)
        click.echo(f"asking dbt, which takes some seconds: {reason}", err=True)

    def _is_final(self, problem: Problem) -> bool:
        """Whether dbt would, seconds later, stop at it too; some values only dbt can render."""
        if problem.kind == "profile":
            return "cannot be rendered" not in problem.message
        return problem.resource == self.node.unique_id

    def _options(self, limit: int | None = None) -> Options:
        from platform_cli.dbt_runner import Options

        return Options(select=(self.node.name,), limit=limit, **self._place)


def _key(node: Node) -> tuple[str, str, str]:
    return (
        (node.database or "").lower(),
        (node.schema or "").lower(),
        (node.alias or node.name).lower(),
    )


def _node(project: Project, name: str) -> Node:
    """The model, snapshot, analysis or data test of that name."""
    from platform_cli.project.resources import Analysis, DataTest, Snapshot

    for node in (*project.of(Snapshot), *project.of(Analysis), *project.of(DataTest)):
        if name in (node.name, node.unique_id):
            return node
    return project.model(name)
