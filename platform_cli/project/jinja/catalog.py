"""What Jinja asks the database when dbt compiles, and how dbt-duckdb answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, Protocol

from platform_cli.project.jinja.dialect import Unknown

StandIn = Callable[..., Any]
_TEXT = ("text", "character varying", "character", "varchar")


class Catalog(Protocol):
    """Whoever has the database open."""

    def kind(self, database: str | None, schema: str | None, name: str | None) -> str | None:
        """ "table" or "view"; None when nothing of that name is there."""
        ...

    def columns(self, relation: str) -> Sequence[tuple[str, str | None]] | None:
        """Name and type of every column of a relation, written as SQL; None: cannot be told. A
        type is None when only the name is known.
        """
        ...


class NamesOnly:
    """A catalog that tells names and no types: it may answer for any adapter."""

    @property
    def stand_ins(self) -> Mapping[str, StandIn]:
        """What is called in place of macros that ask a database for what changes no names, by
        unique id of the macro; it gets the macro first.
        """
        return {}


class Column:
    """A column of a relation, as dbt-duckdb 1.11 describes it."""

    dtype: str

    def __init__(self, name: str, dtype: str | None) -> None:
        self.name = self.column = name
        if dtype is not None:  # else nobody may ask: see __getattr__
            self.dtype = dtype

    @property
    def quoted(self) -> str:
        return f'"{self.column}"'

    @property
    def data_type(self) -> str:
        # DuckDB knows no length of a text, and then dbt says 256.
        return "character varying(256)" if self.dtype.lower() in _TEXT else self.dtype

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise Unknown(f"'{name}' of a column")

    def _stop(self, *_: object) -> NoReturn:
        raise Unknown("a column as text, or compared with another")

    __str__ = __repr__ = __eq__ = __hash__ = _stop
