"""Which columns hold personal data, as far as it is said somewhere upstream and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from platform_cli.conventions.rule import UndecidedError, query_of
from platform_cli.project.graph import Graph
from platform_cli.project.resources import (
    AnyResource,
    Column,
    Model,
    Node,
    Seed,
    Snapshot,
    Source,
    Undecided,
)
from platform_cli.project.sql.queries import Origins
from platform_cli.project.sql.query import ANY, Query

WITH_COLUMNS = (Model, Seed, Snapshot, Source)
_NO = ("false", "no", "none", "0", "")
_NOTHING: Mapping[str, str] = {}


class Marks(Struct, frozen=True):
    """How columns are marked, in lower case."""

    meta: tuple[str, ...]
    tags: tuple[str, ...]
    masked: tuple[str, ...]

    def says(self, column: Column) -> bool | None:
        """Whether the column says that it is personal, and bare; None when it says neither."""
        if not column.meta and not column.tags:
            return None
        keys = {str(key).lower(): value for key, value in column.meta.items()}
        if any(_is_yes(keys.get(key)) for key in self.masked):
            return False
        said = [_is_yes(keys[key]) for key in self.meta if key in keys]
        if not said and {tag.lower() for tag in column.tags} & {*self.tags}:
            return True
        return any(said) if said else None


class PersonalColumns:
    """By resource: the personal columns in lower case, each with where it comes from."""

    def __init__(self, graph: Graph, origins: Origins, marks: Marks) -> None:
        self._graph = graph
        self._origins = origins
        self._marks = marks
        self._found: dict[str, Mapping[str, str]] = {}
        self.unclear: dict[str, Undecided] = {}
        """What cannot be told of a resource, although something upstream is personal."""

    def of(self, resource: AnyResource) -> Mapping[str, str]:
        """Column -> `resource.column` that says that it is personal."""
        unique_id = resource.unique_id
        if unique_id not in self._concerned:
            return _NOTHING
        if unique_id not in self._found:
            self._found[unique_id] = _NOTHING  # of one that reads itself
            self._found[unique_id] = self._look_at(resource)
        return self._found[unique_id]

    @cached_property
    def _concerned(self) -> set[str]:
        """What says so itself, and everything downstream of that: no other SQL is looked at."""
        says = [
            unique_id
            for unique_id, one in self._graph.resources.items()
            if isinstance(one, WITH_COLUMNS)
            and any(self._marks.says(column) for column in one.columns.values())
        ]
        return {*says, *self._graph.downstream(says)} if says else set()

    def _look_at(self, resource: AnyResource) -> Mapping[str, str]:
        if not isinstance(resource, WITH_COLUMNS):
            return _NOTHING
        found = dict(self._inherited(resource)) if isinstance(resource, Model | Snapshot) else {}
        for column in resource.columns.values():
            says = self._marks.says(column)
            if says is False:
                found.pop(column.name.lower(), None)
            elif says:
                found.setdefault(column.name.lower(), f"{resource.name}.{column.name}")
        return found

    def _inherited(self, node: Node) -> Mapping[str, str]:
        above = {one: self._of_id(one) for one in node.depends_on}
        if not any(above.values()):
            return _NOTHING
        try:
            query = query_of(node, self._origins)
        except UndecidedError as error:
            self.unclear[node.unique_id] = error.undecided
            return _NOTHING
        found = {
            column: personal
            for unique_id in {one[1:] for one in query.columns or () if one.startswith(ANY)}
            for column, personal in self._of_id(unique_id).items()
        }
        for unique_id, *columns in query.passed or ():
            for name, old in map(_names, columns):
                if personal := self._of_id(unique_id).get(old):
                    found[name] = personal
        if reason := self._why_unclear(query):
            self.unclear[node.unique_id] = Undecided(reason, node.path)
        return found

    def _of_id(self, unique_id: str) -> Mapping[str, str]:
        resource = self._graph.resources.get(unique_id)
        return self.of(resource) if resource is not None else _NOTHING

    def _why_unclear(self, query: Query) -> str:
        if query.columns is None:
            return "its columns cannot be told"
        for unique_id, *columns in query.computed:
            for name, old in map(_names, columns):
                if not unique_id:
                    return f"what column {name} is made of cannot be told"
                if personal := self._of_id(unique_id).get(old):
                    return f"column {name} is computed from {personal}"
        return ""


def _names(column: str) -> tuple[str, str]:
    name, _, old = column.partition("\0")
    return name, old or name


def _is_yes(value: object) -> bool:
    return str(value).strip().lower() not in _NO if value is not None else False
