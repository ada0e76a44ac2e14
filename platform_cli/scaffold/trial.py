"""A draft of SQL, tried: compiled without dbt, then asked of DuckDB. Nothing is built for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from threading import Timer
from typing import TYPE_CHECKING, Any, Literal, Protocol

from platform_cli.errors import PlatformError
from platform_cli.project.resources import (
    AnyResource,
    Column,
    Model,
    Node,
    Reference,
    Seed,
    Source,
    Undecided,
)
from platform_cli.scaffold.written_type import written_type

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.project import Project
    from platform_cli.warehouse import Connection

PATIENCE = 10.0
"""Seconds for one question about the data."""
_DRAFT = "model.platform.draft"


class Built(Protocol):
    """What is built, and the open database; one in memory, when there is none to open."""

    @property
    def connection(self) -> Connection: ...

    def kind(self, database: str | None, schema: str | None, name: str | None) -> str | None: ...

    def columns(self, relation: str) -> list[tuple[str, str]] | None: ...


class Trial:
    """Tries drafts on one project; a model that is not built yet is put in as a sub-query."""

    def __init__(self, project: Project, built: Built) -> None:
        self._project = project
        self._built = built
        self._added: dict[str, AnyResource] = {}

    def add(self, source: Source) -> None:
        """From here on this source can be read, too."""
        self._added[source.unique_id] = source

    def compiled(
        self,
        text: str,
        references: Iterable[Reference],
        instead: Mapping[str, AnyResource] | None = None,
    ) -> str | Undecided:
        """The SQL of a draft whose Jinja makes these references; Undecided when only dbt can tell.

        `instead` are resources in another shape, by unique id: a table of test rows, for example.
        """
        from platform_cli.project.jinja.dialect import BrokenJinja
        from platform_cli.project.jinja.render import compile_model

        references = tuple(references)
        draft = Model(
            unique_id=_DRAFT,
            name="draft",
            package_name=self._project.name,
            path="",
            config={"materialized": "view"},
            references=references,
            depends_on=tuple(one.unique_id for one in references if one.unique_id),
            database="draft",
            schema="draft",
            alias="draft",
        )
        resources = {**self._project.resources, **self._added, **(instead or {})}
        resources[_DRAFT] = draft
        texts = {_DRAFT: text}
        if instead is None:
            self._put_in(draft, resources, texts)
        try:
            made = compile_model(_Drafted(self._project, resources, texts), _DRAFT, self._built)
        except BrokenJinja as broken:
            return Undecided(broken.message, line=broken.line or 0)
        return made if isinstance(made, Undecided) else made.sql

    def columns(self, sql: str) -> tuple[Column, ...] | None:
        """The columns of a query, with types; None when DuckDB cannot tell them."""
        from platform_cli.warehouse import rows

        try:
            found = rows(self._built.connection, f"describe {sql}")
        except PlatformError:
            return None
        return tuple(Column(name, data_type=written_type(kind)) for name, kind, *_ in found)

    def complaint(self, sql: str) -> str:
        """What DuckDB has against a query as such, and not against what it reads; or nothing."""
        from platform_cli.warehouse import rows

        try:
            rows(self._built.connection, f"describe\n{sql}")
        except PlatformError as error:
            kinds = ("Parser Error", "Binder Error", "Syntax Error")
            ours = any(one in error.message for one in kinds)
            # DuckDB counts the line that stands before the query.
            return re.sub(r"LINE (\d+):", _line_before, error.message) if ours else ""
        return ""

    def rows(self, sql: str) -> list[tuple[Any, ...]] | None:
        """The rows of a query; None when it fails, as on tables that are not there, or takes long.

        Nobody waits for a proposal: after some seconds it is stopped.
        """
        from platform_cli.warehouse import rows

        connection = self._built.connection
        timer = Timer(PATIENCE, connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            return rows(connection, sql)
        except PlatformError:
            return None
        finally:
            timer.cancel()

    def columns_of(self, resource: AnyResource) -> tuple[Column, ...] | None:
        """The columns of a resource, with types; None when nobody can tell."""
        sql = self.relation(resource)
        return self.columns(f"select * from {sql}") if sql else None  # noqa: S608  (our own SQL)

    def relation(self, resource: AnyResource) -> str | None:
        """What stands for a resource behind `from`; None when only dbt can tell."""
        kind: Literal["ref", "source"] = "ref"
        args: tuple[str, ...] = (resource.name,)
        if isinstance(resource, Source):
            kind, args = "source", (resource.source_name, resource.name)
        reference = Reference(kind, args, unique_id=resource.unique_id)
        call = f"{kind}({', '.join(map(repr, args))})"
        sql = self.compiled(f"select * from {{{{ {call} }}}}", [reference])  # noqa: S608
        return None if isinstance(sql, Undecided) else f"(\n{sql}\n)"

    def _put_in(
        self, draft: Node, resources: dict[str, AnyResource], texts: dict[str, str]
    ) -> None:
        """Make everything upstream that is not built a part of the SQL."""
        todo, seen = list(draft.references), set[str]()
        while todo:
            found = resources.get(todo.pop().unique_id or "")
            if not isinstance(found, Model | Seed) or found.unique_id in seen:
                continue
            seen.add(found.unique_id)
            if self._is_built(found) or found.undecided.keys() & {"schema", "database", "alias"}:
                continue
            if isinstance(found, Seed):
                resources[found.unique_id] = _as_model(found)
                texts[found.unique_id] = _seed_sql(found)
            elif found.language == "sql":
                resources[found.unique_id] = _as_model(found)
                todo += found.references

    def _is_built(self, node: Node) -> bool:
        return self._built.kind(node.database, node.schema, node.alias or node.name) is not None


def _line_before(found: re.Match[str]) -> str:
    return f"LINE {int(found[1]) - 1}:"


class _Drafted:
    """A project with a draft in it, as compiling asks for one."""

    def __init__(
        self, project: Project, resources: Mapping[str, AnyResource], texts: Mapping[str, str]
    ) -> None:
        self._project = project
        self.resources = resources
        self._texts = texts

    def scope(self, package: str) -> Scope:
        return self._project.scope(package)

    def raw_code(self, unique_id: str) -> str:
        text = self._texts.get(unique_id)
        return self._project.raw_code(unique_id) if text is None else text


def _as_model(node: Model | Seed) -> Model:
    return Model(
        unique_id=node.unique_id,
        name=node.name,
        package_name=node.package_name,
        path=node.path,
        config={**node.config, "materialized": "ephemeral"},
        undecided=node.undecided,
        references=node.references,
        depends_on=node.depends_on,
        database=node.database,
        schema=node.schema,
        alias=node.alias or node.name,
    )


def _seed_sql(seed: Seed) -> str:
    """The rows of a seed's file; its types are DuckDB's guess, where its config says none."""
    from platform_cli.warehouse import literal

    types = seed.config.get("column_types") or {}
    words = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
    delimiter = literal(seed.config.get("delimiter") or ",")
    more = f", types = {{{words}}}" if words else ""
    return f"select * from read_csv({literal(seed.path)}, header = true, delim = {delimiter}{more})"  # noqa: S608
