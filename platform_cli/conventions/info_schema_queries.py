"""The information schema as a database in memory, filled with the tables that are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from platform_cli.conventions.named_columns import named_columns
from platform_cli.conventions.own_files import CHECKS
from platform_cli.errors import PlatformError
from platform_cli.project.project import Project

if TYPE_CHECKING:
    from platform_cli.warehouse import InMemory

_TABLE = re.compile(r"\{\{\s*info_schema\(\s*(['\"])(?P<name>\w+)\1\s*\)\s*\}\}")
_CONFIG = re.compile(r"\{\{\s*config\([^{}]*\)\s*\}\}")
_JINJA = re.compile(r"\{[{%#]")


class InfoSchema:
    """What SQL checks ask; `selected` are the unique ids that are looked at, None is all."""

    def __init__(self, project: Project, selected: frozenset[str] | None) -> None:
        self.selected = selected
        self._project = project
        self._database: InMemory | None = None
        self._filled: set[str] = set()
        folder = project.root / CHECKS
        self._texts = {one.read_text(encoding="utf-8") for one in folder.rglob("*.sql")}
        self._named = named_columns(self._texts)

    def rows(self, sql: str, path: str, seconds: int) -> list[dict[str, Any]]:
        """The rows of a check.

        Raises PlatformError when its Jinja or its SQL fails, TimeoutError when the query runs
        longer than `seconds`.
        """
        if self._named is not None and sql not in self._texts:
            self._named = None
            self._filled.clear()
        query = self._simple(sql) or self._rendered(sql, path)
        found = self._connection().query(query, seconds)
        return [dict(zip(found.columns, values, strict=True)) for values in found.values]

    def _connection(self) -> InMemory:
        from platform_cli.warehouse import InMemory

        self._database = self._database or InMemory()
        return self._database

    def _table(self, name: str) -> str:
        from msgspec.json import encode

        from platform_cli.project.info_schema import table

        if name not in self._filled:
            made = table(self._project, name)
            columns, rows = made.columns, made.rows
            if self._named is not None:
                columns = {one: type_ for one, type_ in columns.items() if one in self._named}
                columns = columns or dict([*made.columns.items()][:1])
                rows = [{one: row.get(one) for one in columns} for row in rows]
            texts = encode(rows, enc_hook=str).decode()
            self._connection().fill(name, columns, texts)
            self._filled.add(name)
        return f'"{name}"'

    def _simple(self, sql: str) -> str:
        """The SQL of a check that calls nothing else, as most do; empty when it does.

        Rendering means reading the project's macros, which costs more than all of these.
        """
        plain = _CONFIG.sub(lambda found: "\n" * found[0].count("\n"), sql)
        if _JINJA.search(_TABLE.sub("", plain)):
            return ""
        return _TABLE.sub(lambda found: self._table(found["name"]), plain)

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
            for name, value in (("info_schema", self._table), ("config", _nothing)):
                dict.__setitem__(names, name, value)
            scope.keep["names of checks"] = names
        found: Mapping[str, Any] = names
        return found


def _nothing(*_: Any, **__: Any) -> str:
    return ""
