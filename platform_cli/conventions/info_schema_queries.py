"""The information schema as a database in memory, filled with the tables that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from platform_cli.conventions.named_columns import TABLE, named_columns, plain
from platform_cli.conventions.own_files import CHECKS
from platform_cli.errors import PlatformError
from platform_cli.project.project import Project

if TYPE_CHECKING:
    from platform_cli.warehouse import InMemory


class InfoSchema:
    """What SQL checks ask; `selected` are the unique ids that are looked at, None is all."""

    def __init__(self, project: Project, selected: frozenset[str] | None) -> None:
        self.selected = selected
        self._project = project
        self._database: InMemory | None = None
        self._filled: dict[str, frozenset[str] | None] = {}
        folder = project.root / CHECKS
        self._texts = {one.read_text(encoding="utf-8") for one in folder.rglob("*.sql")}
        self._named = named_columns(self._texts)

    def rows(self, sql: str, path: str, seconds: int) -> Iterator[dict[str, Any]]:
        """The rows of a check, one after the other.

        Raises PlatformError when its Jinja or its SQL fails, TimeoutError when the query runs
        longer than `seconds`.
        """
        if sql not in self._texts:  # the file is another by now
            self._named = {}
        query = self._simple(sql) or self._rendered(sql, path)
        return self._connection().query(query, seconds)

    def _connection(self) -> InMemory:
        from platform_cli.warehouse import InMemory

        self._database = self._database or InMemory()
        return self._database

    def _whole(self, name: str) -> str:
        return self._table(name, None)

    def _table(self, name: str, named: frozenset[str] | None) -> str:
        """The table, filled with the columns of these names; None is all."""
        from msgspec.json import Encoder

        from platform_cli.project.info_schema import table

        if name not in self._filled or self._filled[name] not in {None, named}:
            made = table(self._project, name, named)
            rows = Encoder(enc_hook=str).encode_lines(made.rows).decode()
            self._connection().fill(name, made.columns, rows)
            self._filled[name] = named
        return f'"{name}"'

    def _simple(self, sql: str) -> str:
        """The SQL of a check that calls nothing else, as most do; empty when it does.

        Rendering means reading the project's macros, which costs more than all of these.
        """
        return TABLE.sub(
            lambda found: self._table(found["table"], self._named.get(found["table"])),
            plain(sql) or "",
        )

    def _rendered(self, sql: str, path: str) -> str:
        from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_text

        try:
            return render_text(sql, self._names())
        except BrokenJinja as error:
            raise PlatformError(f"{path}: {error.message}") from None
        except Unknown as error:
            raise PlatformError(f"{path}: {error.reason}") from None

    def _names(self) -> Mapping[str, Any]:
        from platform_cli.project.jinja.names_at_parse import NamesAtParse

        scope = self._project.scope(self._project.name)
        # Macros see what their package's files see; there the two names of checks are added.
        names = scope.keep.get("names of checks")
        if names is None:
            names = NamesAtParse(scope).names
            for name, value in (("info_schema", self._whole), ("config", _nothing)):
                dict.__setitem__(names, name, value)
            scope.keep["names of checks"] = names
        found: Mapping[str, Any] = names
        return found


def _nothing(*_: Any, **__: Any) -> str:
    return ""
