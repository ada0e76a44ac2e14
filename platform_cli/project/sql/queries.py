"""The facts about the SQL of a project's nodes, worked out when asked for and kept on disk.

sqlglot and Jinja are imported only when there is something new to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from platform_cli.project.resources import Model, Node, Snapshot, Undecided
from platform_cli.project.sql.kept import Kept
from platform_cli.project.sql.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.project.project import Project
    from platform_cli.project.sql.positions import Rendered

_NOTHING = Query(passed=())


class _Known(Struct, frozen=True, array_like=True):
    query: Query
    undecided: Undecided | None


class Queries:
    """The facts by node. `keep` writes down what is new."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept = Kept[_Known](project, _Known, "sql")
        self._answers: dict[str, Query | Undecided] = {}

    def of(self, node: Node, *, origins: bool = False) -> Query | Undecided:
        """The facts of a model's or snapshot's SQL; Undecided when only dbt can tell its text.

        A Python model has no SQL, and no facts. What columns are made of is only among them with
        `origins`, or where somebody asked for it before.
        """
        answer = self._answers.get(node.unique_id)
        if answer is None or (origins and _lacks_origins(answer)):
            answer = self._answers[node.unique_id] = self._of(node, origins=origins)
        return answer

    def _of(self, node: Node, *, origins: bool) -> Query | Undecided:
        if isinstance(node, Model) and node.language != "sql":
            return _NOTHING
        known = self._kept.find(node)
        if known and origins and known.undecided is None and _lacks_origins(known.query):
            self._kept.forget(node)
            known = None
        if known is None:
            known = _Known(*self._read(node, self._kept.content(node), origins=origins))
            self._kept.put(node, known)
        return known.undecided or known.query

    @property
    def environment(self) -> dict[str, bytes]:
        """The variables that the SQL asked for, as fingerprints, once it is kept."""
        return self._kept.environment

    def keep(self) -> None:
        """Write down what is known, if any of it is new."""
        self._kept.keep()

    def _read(self, node: Node, content: bytes, *, origins: bool) -> tuple[Query, Undecided | None]:
        from platform_cli.project.sql.analysis import analysed

        adapter = self._project.scope(node.package_name).macros.adapter
        is_snapshot = isinstance(node, Snapshot)

        def read(rendered: Iterable[Rendered]) -> Query:
            return analysed(rendered, adapter, snapshot=is_snapshot, origins=origins)

        found = self._kept.read(node, content, read)
        return (_NOTHING, found) if isinstance(found, Undecided) else (found, None)


class Origins:
    """The facts by node with what each column is made of.

    That takes a good part of the time, so it is for the rules that ask for it, and for the nodes
    that they ask for.
    """

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def of(self, node: Node) -> Query | Undecided:
        """As `Queries` has them."""
        return self._queries.of(node, origins=True)


def _lacks_origins(answer: Query | Undecided) -> bool:
    return isinstance(answer, Query) and answer.passed is None
