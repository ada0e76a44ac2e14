"""What fixes ask of DuckDB: columns, keys, and whether two queries return the same rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from platform_cli.commands._database import Database
from platform_cli.errors import PlatformError
from platform_cli.project.resources import Undecided
from platform_cli.scaffold.written_type import written_type

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from platform_cli.commands._database import Contents
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Node

    Answer = TypeVar("Answer")


class DuckDbEngine:
    """Asks the database of the project's target, if there is one; it is never written to."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._database = Database(project)

    def columns(self, node: Node) -> tuple[tuple[str, str], ...] | None:
        """Names and types of what the node's SQL returns now."""

        def question(contents: Contents) -> tuple[tuple[str, str], ...] | None:
            sql = compiled_sql(self._project, node.unique_id, contents)
            found = contents.columns(f"from (\n{sql}\n)") if isinstance(sql, str) else None
            return tuple((name, written_type(type_)) for name, type_ in found) if found else None

        return self._ask(question)

    def holds(self, node: Node, condition: str) -> bool | None:
        """Whether the node's relation has no row with `condition` appended to the query."""

        def question(contents: Contents) -> bool | None:
            from platform_cli.warehouse import quoted, rows

            if contents.kind(node.database, node.schema, node.alias) is None:
                return None
            parts = (node.database, node.schema, node.alias)
            relation = ".".join(quoted(part) for part in parts if part)
            query = f"select 1 from {relation} {condition} limit 1"  # noqa: S608  (quoted)
            return not rows(contents.connection, query)

        return self._ask(question)

    def why_different(self, before: Project, after: Project, ids: tuple[str, str]) -> str:
        """Compares what the Jinja renders to, with placeholders for what it reads; then what dbt
        would compile; where that differs, the rows.
        """
        texts = _rendered(before, ids[0]), _rendered(after, ids[1])
        if texts[0] and len(texts[0]) == len(texts[1]) and ids[0] == ids[1]:
            pairs = zip(*texts, strict=True)
            if all(_same_code(old, new, before, ids[0]) for old, new in pairs):
                return ""
        old, new = compiled_sql(before, ids[0], None), compiled_sql(after, ids[1], None)
        if isinstance(old, str) and isinstance(new, str) and _same_code(old, new, before, ids[0]):
            return ""

        def question(contents: Contents) -> str:
            sides = compiled_sql(before, ids[0], contents), compiled_sql(after, ids[1], contents)
            for side in sides:
                if isinstance(side, Undecided):
                    return f"its SQL is known to dbt alone: {side.reason}"
            return rows_differ(contents, str(sides[0]), str(sides[1]))

        if reason := self._unusable():
            return f"that its rows stay the same is not proven: {reason}"
        found = self._ask(question)
        return "that its rows stay the same is not proven" if found is None else found

    def _unusable(self) -> str:
        if reason := self._database.unusable():
            return reason
        return "" if self._database.file.is_file() else "there is no database yet"

    def _ask(self, question: Callable[[Contents], Answer]) -> Answer | None:
        if self._unusable():
            return None
        try:
            answer = self._database.ask(question)
        except PlatformError:
            return None
        return None if isinstance(answer, Undecided) else answer


def _rendered(project: Project, unique_id: str) -> list[str]:
    """A node's SQL with placeholders: that of an incremental run, too. None where dbt is needed."""
    from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
    from platform_cli.project.resources import Analysis, Model, Snapshot
    from platform_cli.project.sql.rendering import renderer_of

    node = project.resources[unique_id]
    if not isinstance(node, Analysis | Model | Snapshot) or not node.path.endswith(".sql"):
        return []
    try:
        content = (project.root / node.path).read_bytes()
        return [one.text for one in renderer_of(project).render(node, content)]
    except (Unknown, BrokenJinja, OSError, UnicodeDecodeError):
        return []


def compiled_sql(project: Project, unique_id: str, contents: Contents | None) -> str | Undecided:
    """What dbt would compile, without a semicolon; Undecided where only dbt can tell."""
    from platform_cli.project.jinja.dialect import BrokenJinja
    from platform_cli.project.jinja.render import compile_model

    try:
        compiled = compile_model(project, unique_id, contents)
    except BrokenJinja as broken:
        return Undecided(broken.message)
    return compiled if isinstance(compiled, Undecided) else compiled.sql.strip().rstrip(";")


_COMMENT_OR_TEXT = re.compile(
    r"""[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$"""
    r"""|(?P<comment>--[^\n]*|/\*.*?\*/)""",
    re.DOTALL,
)


def _code(sql: str) -> str:
    """The SQL without its comments: a rename is one in them, too."""
    return _COMMENT_OR_TEXT.sub(lambda found: "" if found["comment"] else found[0], sql).strip()


def _same_code(old: str, new: str, project: Project, unique_id: str) -> bool:
    """Whether both are the same text but for comments, or the same syntax tree."""
    if _code(old) == _code(new):
        return True
    from sqlglot import parse
    from sqlglot.errors import SqlglotError
    from sqlglot.expressions import Command

    from platform_cli.project.sql.tree import dialect_of

    adapter = project.scope(project.resources[unique_id].package_name).macros.adapter
    try:
        trees = [parse(sql, dialect=dialect_of(adapter)) for sql in (old, new)]
    except (SqlglotError, RecursionError):
        return False
    understood = not any(one is None or isinstance(one, Command) for tree in trees for one in tree)
    return understood and trees[0] == trees[1]


def rows_differ(contents: Contents, before: str, after: str) -> str:
    """Why the rows differ; empty when they are the same, as often, with the same columns."""
    from platform_cli.warehouse import rows

    columns = [contents.columns(f"from (\n{sql}\n)") for sql in (before, after)]
    if None in columns:
        return "that its rows stay the same is not proven: what it reads is not built"
    if columns[0] != columns[1]:
        return "its columns would not be the same"
    for one, other in ((before, after), (after, before)):
        query = f"from (\n{one}\n) except all from (\n{other}\n) limit 1"
        if rows(contents.connection, query):
            return "its rows would not be the same"
    if not rows(contents.connection, f"from (\n{before}\n) limit 1"):
        # Any two queries agree about no rows.
        return "that its rows stay the same is not proven: it returns none now"
    return ""
