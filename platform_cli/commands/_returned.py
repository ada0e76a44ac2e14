"""What the SQL of models returns: asked of DuckDB, else of the SQL itself, else of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.commands._database import Database
from platform_cli.commands._engine import compiled_sql
from platform_cli.errors import PlatformError
from platform_cli.project.edits.sync_model import Returned
from platform_cli.project.resources import Model, Undecided
from platform_cli.scaffold.written_type import written_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from platform_cli.commands._database import Contents
    from platform_cli.project.lineage.columns import ColumnLineage

    Answer = TypeVar("Answer")

_OF_NOTHING = '"NULL"'
"""What DuckDB calls the type of a column that is `null`; a table has another one then."""


class ReturnedColumns:
    """Names and types of what models return. The database is opened once, and never written to."""

    def __init__(self, lineage: ColumnLineage) -> None:
        self._project = project = lineage.project
        self._database = Database(project)
        self._lineage = lineage
        self.unusable = self._why_unusable()
        """Why types are not known; empty when the database can be asked."""

    def of(self, models: Iterable[Model]) -> dict[str, Returned]:
        """By unique id; what nobody can tell is left out."""
        every = list(models)
        found: dict[str, Returned] | None = None
        if not self.unusable:
            found = self._ask(lambda contents: self._all(every, contents))
        return self._all(every, None) if found is None else found

    def same_types(self, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """The pairs of types that are one, whatever they are called (`text` is `varchar`)."""
        every = set(pairs)
        alike = {pair for pair in every if _shape(pair[0]) == _shape(pair[1])}
        rest = every - alike
        if rest and not self.unusable:
            alike |= self._ask(lambda contents: _alike(rest, contents)) or set()
        return alike

    def _all(self, models: list[Model], contents: Contents | None) -> dict[str, Returned]:
        answers = ((one.unique_id, self._of(one, contents)) for one in models)
        return {unique_id: one for unique_id, one in answers if one is not None}

    def _of(self, model: Model, contents: Contents | None) -> Returned | None:
        if contents is not None and model.language == "sql":
            sql = compiled_sql(self._project, model.unique_id, contents)
            described = contents.columns(f"from (\n{sql}\n)") if isinstance(sql, str) else None
            if described:
                return Returned(tuple((name, _type(type_)) for name, type_ in described))
        table = contents.columns(_relation(model)) if contents is not None else None
        types = {name.lower(): _type(type_) for name, type_ in table or ()}
        selected = self._selected(model)
        if selected is not None:
            named = ((name, types.get(name.lower()) or type_) for name, type_ in selected)
            return Returned(tuple(named))
        if table:
            columns = tuple((name, _type(type_)) for name, type_ in table)
            return Returned(columns, certain=False)
        return None

    def _selected(self, model: Model) -> tuple[tuple[str, str | None], ...] | None:
        """Its select list with the types that its text tells; None when it is not all there."""
        made = self._lineage.of(model.unique_id)
        if made is None or not made.complete or not all(one.name for one in made.columns):
            return None
        return tuple((one.name, one.type) for one in made.columns) or None

    def _why_unusable(self) -> str:
        if reason := self._database.unusable():
            return reason
        return "" if self._database.file.is_file() else "there is no database yet"

    def _ask(self, question: Callable[[Contents], Answer]) -> Answer | None:
        try:
            answer = self._database.ask(question)
        except PlatformError as error:
            self.unusable = error.message
            return None
        if isinstance(answer, Undecided):
            self.unusable = answer.reason
            return None
        return answer


def _relation(model: Model) -> str:
    from platform_cli.warehouse import quoted

    parts = (model.database, model.schema, model.alias or model.name)
    return ".".join(quoted(part) for part in parts if part)


def _type(type_: str) -> str | None:
    return None if _OF_NOTHING in type_ else written_type(type_)


def _shape(type_: str) -> str:
    return "".join(type_.lower().split())


def _alike(pairs: set[tuple[str, str]], contents: Contents) -> set[tuple[str, str]]:
    found = {}
    for type_ in {type_ for pair in pairs for type_ in pair}:
        described = contents.columns(f"select cast(null as {type_}) as one")
        found[type_] = described[0][1] if described else None
    return {
        pair for pair in pairs if found[pair[0]] is not None and found[pair[0]] == found[pair[1]]
    }
