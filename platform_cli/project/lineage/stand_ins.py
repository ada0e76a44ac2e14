"""What stands in for macros of packages that ask a database, where the answer changes no names.

Each runs the package's own text where it can, with an answer in the place of the database's: the
names of the columns, and what they are made of, are the same for any answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from platform_cli.project.jinja.catalog import Column
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.lineage.marks import ANY_TYPE, DataValues, star_of
from platform_cli.project.sql.placeholder import Placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from platform_cli.project.jinja.catalog import StandIn
    from platform_cli.project.jinja.sql_names import BoundMacro

_SPINES = (
    "dbt.default__date_spine",
    "dbt_date.default__date_spine",
    "dbt_trino.trino__date_spine",
    "dbt_utils.default__date_spine",
    "trino_utils.trino__date_spine",
)
_WITH_INTERVALS = ("dbt", "dbt_date", "dbt_utils")
_STAR = ("from", "relation_alias", "except", "prefix", "suffix")
_MADE_NAMES = frozenset({"prefix", "suffix"})


class _Columns(Protocol):
    def columns(self, relation: str) -> Sequence[tuple[str, str | None]] | None: ...


def stand_ins(listed: _Columns) -> Mapping[str, StandIn]:
    """By unique id of the macro; `listed` tells the columns of relations that are all known."""
    return {
        **{f"macro.{name}": _date_spine for name in _SPINES},
        "macro.dbt_utils.default__get_column_values": _column_values,
        "macro.dbt_utils.default__star": partial(_star, listed),
        "macro.dbt_utils.default__union_relations": partial(_any_types, ANY_TYPE),
        # Of a boolean it makes text in another way: what is said then holds for the others, too.
        "macro.dbt_utils.default__unpivot": partial(_any_types, "boolean"),
    }


def _date_spine(macro: BoundMacro, *args: Any, **kwargs: Any) -> Any:
    """How many rows are made is up to the database; one, when it does not say."""
    changed = {}
    for name in _WITH_INTERVALS:
        package = macro.name(name)
        if isinstance(package, dict):
            changed[name] = {**package, "get_intervals_between": lambda *_, **__: 1}
    return macro.among(**changed)(*args, **kwargs)


def _any_types(data_type: str, macro: BoundMacro, *args: Any, **kwargs: Any) -> Any:
    """The types of the columns decide on casts only."""
    adapter = _AnyTypes(macro.name("adapter"), data_type)
    flags = _Running(macro.name("flags"))
    return macro.among(adapter=adapter, flags=flags)(*args, **kwargs)


def _column_values(macro: BoundMacro, *args: Any, **kwargs: Any) -> DataValues:
    """Values of a parent, which is there when dbt asks; of anything else the macro itself knows."""
    table = args[0] if args else kwargs.get("table")
    if isinstance(table, Placeholder) and not table.is_cte:
        return DataValues()
    found: DataValues = macro.among()(*args, **kwargs)
    return found


def _star(listed: _Columns, macro: BoundMacro, *args: Any, **kwargs: Any) -> Any:
    """The columns one by one; of a relation that may have more, a star that says of which."""
    given = dict(zip(_STAR, args, strict=False)) | kwargs
    relation = given.get("from")
    made_names = any(given.get(name) for name in _MADE_NAMES)
    if not isinstance(relation, Placeholder) or relation.is_cte or made_names:
        return macro.among()(*args, **kwargs)
    if listed.columns(relation.render()) is not None:
        return macro.among()(*args, **kwargs)
    return star_of(relation, given.get("relation_alias") or "", given.get("except") or ())


class _AnyTypes:
    """An adapter that says of each column that it is of one type."""

    def __init__(self, adapter: Any, data_type: str) -> None:
        self._adapter = adapter
        self._data_type = data_type
        self._spelled: dict[str, str] = {}

    def get_columns_in_relation(self, relation: Any) -> list[Column]:
        """The names of the columns. Unknown when two relations spell one in two ways: whether
        they are one is up to the database.
        """
        found = self._adapter.get_columns_in_relation(relation)
        for one in found:
            if self._spelled.setdefault(one.name.lower(), one.name) != one.name:
                raise Unknown(f"whether {one.name} is another column than in lower case")
        return [_OfAnyType(one.name, self._data_type) for one in found]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)


class _Running:
    """The flags of `dbt run`: where there are columns, each command has the same text."""

    WHICH = "run"

    def __init__(self, flags: Any) -> None:
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        return getattr(self._flags, name)


class _OfAnyType(Column):
    @property
    def data_type(self) -> str:
        return self.dtype

    def __init__(self, name: str, data_type: str) -> None:
        super().__init__(name, data_type)

    def is_string(self) -> bool:
        """Of two texts the longer counts; of other types the first."""
        return False
