"""A relation as Jinja sees it, and how dbt-duckdb writes it into SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from platform_cli.project.jinja.dialect import Unknown

_PARTS = ("database", "schema", "identifier")
# What dbt's relation has and this one does not: using it is nothing we can decide.
_OTHER = {
    "information_schema",
    "information_schema_only",
    "incorporate",
    "matches",
    "render_limited",
    "render_event_time_filtered",
    "path",
    "quote_policy",
    "include_policy",
    "dbt_created",
    "event_time_filter",
    "require_alias",
    "catalog",
    "renameable_relations",
    "replaceable_relations",
    "can_be_renamed",
    "can_be_replaced",
    "to_dict",
    "from_dict",
    "create",
    "create_from",
    "replace",
    "scd_args",
    "get_function_config",
    "get_function_macro_name",
    "get_relation_type",
    "limit",
}


class Relation(Mapping[str, Any]):
    """Database, schema and identifier, each quoted and included or not; immutable by habit."""

    def __init__(
        self,
        database: str | None = None,
        schema: str | None = None,
        identifier: str | None = None,
        type: str | None = None,  # noqa: A002  (dbt's word, passed by name from Jinja)
        *,
        quote: dict[str, bool] | None = None,
        include: dict[str, bool] | None = None,
        external: str | None = None,
    ) -> None:
        for part in (database, schema, identifier):
            if part is not None and not isinstance(part, str):
                raise TypeError(f"a relation's parts are text, not {part!r}")
        self.database = database
        self.schema = schema
        self.identifier = identifier
        self.type = type
        self.external = external
        self._quote = dict.fromkeys(_PARTS, True) | (quote or {})
        self._include = dict.fromkeys(_PARTS, True) | (include or {})

    @property
    def table(self) -> str | None:
        return self.identifier

    @property
    def name(self) -> str | None:
        return self.identifier

    @property
    def is_table(self) -> bool:
        return self.type == "table"

    @property
    def is_view(self) -> bool:
        return self.type == "view"

    @property
    def is_cte(self) -> bool:
        return self.type == "cte"

    @property
    def is_materialized_view(self) -> bool:
        return self.type == "materialized_view"

    @property
    def is_pointer(self) -> bool:
        return self.type == "pointer_table"

    @property
    def is_function(self) -> bool:
        return self.type == "function"

    def render(self) -> str:
        """The SQL: the included parts, quoted as the policy says, joined by dots."""
        if self.external:
            return self.external
        parts = []
        for part in _PARTS:
            text = getattr(self, part)
            if self._include[part] and text is not None:
                parts.append(self.quoted(text) if self._quote[part] else text)
        return ".".join(parts)

    def quoted(self, identifier: str) -> str:
        return f'"{identifier}"'

    def quote(
        self,
        database: bool | None = None,
        schema: bool | None = None,
        identifier: bool | None = None,
    ) -> Relation:
        """The same relation with these parts quoted or not; None leaves a part as it is."""
        return self._with(quote=self._quote | _given(database, schema, identifier))

    def include(
        self,
        database: bool | None = None,
        schema: bool | None = None,
        identifier: bool | None = None,
    ) -> Relation:
        """The same relation with these parts written or not; None leaves a part as it is."""
        return self._with(include=self._include | _given(database, schema, identifier))

    def replace_path(self, **parts: str | None) -> Relation:
        return self._with(**parts)

    def without_identifier(self) -> Relation:
        return self.include(identifier=False).replace_path(identifier=None)

    def get(self, key: str, default: Any = None) -> Any:
        # Packages ask for this to tell a relation from text.
        if key == "metadata":
            return {"type": "DuckDBRelation"}
        return getattr(self, key, default)

    def _with(self, **changes: Any) -> Relation:
        values: dict[str, Any] = {
            "database": self.database,
            "schema": self.schema,
            "identifier": self.identifier,
            "type": self.type,
            "quote": self._quote,
            "include": self._include,
            "external": self.external,
        }
        return Relation(**(values | changes))

    def __getattr__(self, name: str) -> Any:
        if name in _OTHER:
            raise Unknown(f"'{name}' of a relation")
        raise AttributeError(name)

    def __getitem__(self, key: str) -> Any:
        try:
            return getattr(self, key)
        except (AttributeError, TypeError):
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a relation is no list")

    def __len__(self) -> int:
        raise TypeError("a relation is no list")

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"<DuckDBRelation {self.render()}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Relation) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(self.render())


def _given(database: bool | None, schema: bool | None, identifier: bool | None) -> dict[str, bool]:
    policy = {"database": database, "schema": schema, "identifier": identifier}
    return {part: value for part, value in policy.items() if value is not None}


UNKNOWN_TEXT = "<a relation of an unknown target>"


class UnknownRelation(Relation):
    """A relation when nobody knows the target: it can be written into text that is thrown away.

    Whoever keeps text looks for `UNKNOWN_TEXT` in it.
    """

    def __init__(self) -> None:
        self._quote = {}
        self._include = {}

    def render(self) -> str:
        return UNKNOWN_TEXT

    def _with(self, **changes: Any) -> Relation:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._stop()

    def __eq__(self, other: object) -> bool:
        return bool(self._stop())

    def __hash__(self) -> int:
        return int(self._stop())

    def _stop(self) -> Any:
        raise Unknown("the relation's names depend on a target that is not known")
