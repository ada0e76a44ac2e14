"""Whether a column that gets another name changes nothing else: by lineage, and by the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.commands._database import Database
from platform_cli.commands._engine import compiled_sql, rows_differ
from platform_cli.errors import PlatformError
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.resources import Model, Undecided

if TYPE_CHECKING:
    from platform_cli.commands._database import Contents
    from platform_cli.project.lineage.made import MadeColumns
    from platform_cli.project.project import Project
    from platform_cli.project.sql.origin import Origin

_ALIKE = {"renamed": "unchanged"}


class ColumnProof:
    """The project before and after; `model` has the column `old`, which is `new` then."""

    def __init__(self, before: Project, after: Project, model: Model, old: str, new: str) -> None:
        self._sides = before, after
        self._model = model
        self._names = old, new
        self._lineages = ColumnLineage(before), ColumnLineage(after)
        self._database = Database(before)

    def why_not(self, unique_id: str) -> str:
        """Why a node is not known to stay what it is; empty when it is proven."""
        before, after = (one.of(unique_id) for one in self._lineages)
        if before is None or after is None or before.undecided or after.undecided:
            return "its columns are known to dbt alone"
        if self._facts(before, unique_id, then=True) != self._facts(after, unique_id):
            if after.column(self._names[1]) and not before.column(self._names[1]):
                return f"it hands the column on, which would be called {self._names[1]} there, too"
            return "its columns would not be what they are"
        return self._rows(unique_id)

    def _facts(self, made: MadeColumns, unique_id: str, *, then: bool = False) -> object:
        """What is known of the columns; with `then`, as it should be afterwards."""
        own = then and unique_id == self._model.unique_id
        columns = [
            (
                self._name(one.name.lower()) if own else one.name.lower(),
                _ALIKE.get(one.how, one.how),
                sorted(self._origin(origin, then=then) for origin in one.of),
                one.type,
            )
            for one in made.columns
        ]
        uses = {
            self._origin_of(use.unique_id, use.column, then=then) for use in made.uses
        }  # fmt: skip
        return columns, uses, [one.unique_id for one in made.open]

    def _origin(self, origin: Origin, *, then: bool) -> tuple[str, str]:
        return self._origin_of(origin.unique_id, origin.column, then=then)

    def _origin_of(self, unique_id: str, column: str, *, then: bool) -> tuple[str, str]:
        name = column.lower()
        meant = then and unique_id == self._model.unique_id
        return unique_id, self._name(name) if meant else name

    def _name(self, name: str) -> str:
        old, new = self._names
        return new.lower() if name == old.lower() else name

    def _rows(self, unique_id: str) -> str:
        """Why the rows are not known to be the same; the column's new name does not count."""
        unproven = "that its rows stay the same is not proven: "
        if reason := self._database.unusable():
            return f"{unproven}{reason}"
        if not self._database.file.is_file():
            return f"{unproven}there is no database yet"
        try:
            found = self._database.ask(lambda contents: self._differ(unique_id, contents))
        except PlatformError as error:
            return f"{unproven}{error.message}"
        return f"{unproven}{found.reason}" if isinstance(found, Undecided) else found

    def _differ(self, unique_id: str, contents: Contents) -> str:
        from platform_cli.warehouse import quoted, rows

        sides = [compiled_sql(side, unique_id, contents) for side in self._sides]
        for side in sides:
            if isinstance(side, Undecided):
                return f"its SQL is known to dbt alone: {side.reason}"
        before, after = str(sides[0]), str(sides[1])
        old, new = map(quoted, self._names)
        renamed = f"select * rename ({old} as {new}) from "  # noqa: S608  (quoted)
        if unique_id == self._model.unique_id:
            before = f"{renamed}(\n{before}\n)"
        model = self._model
        parts = (model.database, model.schema, model.alias or model.name)
        relation = ".".join(quoted(part) for part in parts if part)
        if relation in after:
            # What was built has the old name still.
            view = f"temp.{quoted(model.alias or model.name)}"
            rows(contents.connection, f"create or replace temp view {view} as {renamed}{relation}")
            after = after.replace(relation, view)
        return rows_differ(contents, before, after)
