"""The SQL and the first rows of a model: from files and the database when possible, else by dbt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._built import require_file, require_parents
from platform_cli.commands._database import Database
from platform_cli.commands._explained import explained
from platform_cli.commands._project import read_project
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.resources import Analysis, DataTest, Snapshot, Undecided

if TYPE_CHECKING:
    from pathlib import Path

    from platform_cli.commands._database import Contents
    from platform_cli.dbt_runner import Options
    from platform_cli.project.jinja.render import CompiledSql
    from platform_cli.project.problem import Problem
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Node
    from platform_cli.reporting.table import Table

_OF_A_TEST = "the SQL of a data test is written by dbt"


class Preview:
    """One model, snapshot, analysis or data test, to be looked at."""

    def __init__(self, root: Path, name: str, place: dict[str, Any]) -> None:
        """`place` is the target, profiles_dir and vars (text) that the user gave.

        Raises PlatformError when the project cannot be read or has nothing of that name.
        """
        self._root = root
        self._place = place
        self._project: Project = read_project(root, **place)
        self._database = Database(self._project)
        self.node: Node = _node(self._project, name)

    def sql(self) -> str:
        """The compiled SQL. Raises PlatformError when it does not compile."""
        compiled = self._compile(None)
        if (
            isinstance(compiled, Undecided)
            and self._unusable() is None
            and self._database.file.exists()
        ):
            # The database may know what the files do not.
            compiled = self._database.ask(self._compile)
        if not isinstance(compiled, Undecided):
            return compiled.sql
        self._say(compiled.reason)
        from platform_cli import dbt_runner

        options = self._options()
        with explained(self._root, options):
            return dbt_runner.compile(self._root, options).nodes[0].compiled_code

    def rows(self, limit: int) -> Table:
        """The first rows.

        Raises PlatformError when it does not compile, what it reads is not built, or it fails.
        """
        reason = self._unusable()
        if reason is None:
            require_file(self._database.file, self.node)
            found = self._database.ask(lambda contents: self._first_rows(limit, contents))
            if not isinstance(found, Undecided):
                return found
            reason = found.reason
        self._say(reason)
        from platform_cli import dbt_runner

        options = self._options(limit=limit + 1)
        with explained(self._root, options):
            shown = dbt_runner.show(self._root, options)
        return _table(shown.columns, shown.rows, limit)

    def _first_rows(self, limit: int, contents: Contents) -> Table | Undecided:
        from platform_cli.warehouse import first_rows

        compiled = self._compile(contents)
        if isinstance(compiled, Undecided):
            return compiled
        require_parents(self._project, self.node, contents.kinds)
        try:
            found = first_rows(contents.connection, compiled.sql, limit + 1)
        except PlatformError as error:
            raise self._in_the_model(error) from error
        return _table(found.columns, found.values, limit)

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

    def _compile(self, contents: Contents | None) -> CompiledSql | Undecided:
        from platform_cli.project.jinja.dialect import BrokenJinja
        from platform_cli.project.jinja.render import compile_model

        if isinstance(self.node, DataTest):
            return Undecided(_OF_A_TEST)

        try:
            return compile_model(self._project, self.node.unique_id, contents)
        except BrokenJinja as broken:
            from platform_cli.reporting.advice import advice

            raise PlatformError(
                f"{self.node.name} does not compile: {broken.message}",
                hint="\n".join(advice(broken.message, self.node.name))
                or "correct the Jinja on this line",
                where=Where(self.node.path, broken.line or None),
            ) from broken

    def _unusable(self) -> str | None:
        """Why this process cannot ask the database for it."""
        return _OF_A_TEST if isinstance(self.node, DataTest) else self._database.unusable()

    def _say(self, reason: str) -> None:
        for problem in self._project.problems:
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


def _node(project: Project, name: str) -> Node:
    """The model, snapshot, analysis or data test of that name."""
    for node in (*project.of(Snapshot), *project.of(Analysis), *project.of(DataTest)):
        if name in (node.name, node.unique_id):
            return node
    return project.model(name)


def _table(columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...], limit: int) -> Table:
    """As many rows as were asked for; one more was fetched to know whether there are more."""
    from platform_cli.reporting.table import Table

    return Table(columns, rows[:limit], more=len(rows) > limit)
