"""Some rows of the parents of a new model, that belong together. They never leave the machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import Column, Snapshot
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import Join, SelectList
from platform_cli.scaffold.model.snapshot_columns import SnapshotColumns
from platform_cli.scaffold.trial import Trial
from platform_cli.scaffold.unit_test.drafted_rows import may_be_key
from platform_cli.scaffold.unit_test.made_up import is_personal

_LOOKED_AT = 20_000
_FEW_WORDS, _OFTEN = 12, 5


@dataclass(frozen=True, slots=True)
class Link:
    """A join: the alias and column on either side."""

    left: tuple[str, str]
    right: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Some real rows of a parent; `plain` are its columns that hold few words, each often."""

    parent: Parent
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class Through:
    """A column of the first parent, and some of its values that the model keeps, as text."""

    column: str
    values: tuple[str, ...]

    @property
    def condition(self) -> str:
        from platform_cli.warehouse import literal

        words = ", ".join(map(literal, self.values))
        return f"(cast({quoted(self.column)} as varchar) in ({words}))"


def link_of(join: Join, first: Parent) -> Link:
    """The join of a further parent to the first one."""
    left = join.left.partition(".")[2].strip('"')
    return Link((first.alias, left), (join.alias, join.right.partition(".")[2].strip('"')))


def columns_read(parent: Parent, text: str) -> tuple[Column, ...]:
    """The columns of a parent that are named in the SQL, and what a macro reads of a history."""
    words = {one.lower() for one in re.findall(r"\w+", text)}
    quotes = {one.replace('""', '"') for one in re.findall(r'"((?:[^"]|"")+)"', text)}
    own: frozenset[str] = frozenset()
    if isinstance(parent.resource, Snapshot):
        own = SnapshotColumns.of(parent.resource).every
    return tuple(
        one
        for one in parent.columns
        if one.name.lower() in words or one.name in quotes or one.name in own
    )


class Sampler:
    """Takes rows of one parent after the other; those of the first decide about the others."""

    def __init__(
        self,
        trial: Trial,
        selected: SelectList,
        links: Sequence[Link],
        through: Through | None = None,
    ) -> None:
        self._trial = trial
        self._through = through
        self._links = links
        self._first: Sample | None = None
        self._together = tuple(
            one.original for one in selected.columns if one.expression in selected.group_by
        )

    def sample(self, parent: Parent, columns: tuple[Column, ...]) -> Sample | None:
        """Rows of a parent; None when it cannot be read.

        Of the first one any, but two and two of a group, and those that go `through` before the
        others; of another one those that rows of the first are joined with, but for the last.
        """
        relation = self._trial.relation(parent.resource)
        if relation is None:
            return None
        items = ", ".join(map(selected_as_text, columns))
        select = f"select {items} from {relation} as sampled{_condition(parent)}"  # noqa: S608
        if self._first is None:
            some = f"(from ({select}) limit {_LOOKED_AT})"
            kept = f" where {self._through.condition}" if self._through else ""
            select = f"(from ({select}){kept}) union {some}" if kept else some
        own = [one for one in self._links if one.right[0] == parent.alias]
        if self._first is None:
            rows = self._some(select, columns)
        else:
            every = _names(columns)
            rows = self._partners(select, every, own[0] if own else None, self._first)
        if rows is None:
            return None
        made = Sample(parent, columns, tuple(rows), self._plain(relation, columns))
        self._first = self._first or made
        return made

    def _some(self, select: str, columns: Sequence[Column]) -> list[tuple[Any, ...]] | None:
        # The same rows every time, in one order, and not all alike.
        every = _names(columns)
        order = _names([one for one in columns if may_be_key(one)]) or every
        kept = f"{self._through.condition} desc, " if self._through else ""
        by = f" order by {kept}hash({order}), {order}, {every}"
        if self._together and {one.name for one in columns}.issuperset(self._together):
            group = ", ".join(map(quoted, self._together))
            some = self._trial.rows(
                f"from ({select}) qualify count(*) over (partition by {group}) > 1 and"
                f" row_number() over (partition by {group}{by}) <= 2"
                f" order by {kept}hash({group}), {group}, {every} limit 4"
            )
            if some:
                return some
        unlike = f"(select distinct * from ({select}))"  # noqa: S608
        return self._trial.rows(f"from {unlike}{by} limit {3 if self._links else 4}")

    def _partners(
        self, select: str, every: str, link: Link | None, first: Sample
    ) -> list[tuple[Any, ...]] | None:
        names = [one.name for one in first.columns]
        if link is None or link.left[1] not in names:
            return self._trial.rows(
                f"from (from ({select}) limit {_LOOKED_AT}) order by {every} limit 2"
            )
        at = names.index(link.left[1])
        values = list(dict.fromkeys(row[at] for row in first.rows if row[at] is not None))
        if not values:
            return []
        from platform_cli.warehouse import literal

        words = ", ".join(literal(str(one)) for one in values[: max(len(values) - 1, 1)])
        key = quoted(link.right[1])
        return self._trial.rows(
            f"from ({select}) where cast({key} as varchar) in ({words})"
            f" qualify row_number() over (partition by {key} order by {every}) = 1 order by {key}"
        )

    def _plain(self, relation: str, columns: Sequence[Column]) -> frozenset[str]:
        """The columns that hold few words, each of them often: a status, and no name."""
        texts = [
            one.name for one in columns if one.data_type == "varchar" and not is_personal(one.name)
        ]
        if not texts:
            return frozenset()
        counts = ", ".join(f"count(distinct {quoted(one)}), count({quoted(one)})" for one in texts)
        found = self._trial.rows(f"select {counts} from (from {relation} limit {_LOOKED_AT})")  # noqa: S608
        if not found:
            return frozenset()
        row = found[0]
        return frozenset(
            name
            for number, name in enumerate(texts)
            if 0 < row[2 * number] <= _FEW_WORDS and row[2 * number + 1] >= _OFTEN * row[2 * number]
        )


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(quoted(one.name) for one in columns)


def _condition(parent: Parent) -> str:
    if parent.only:
        return f" where {parent.only}"
    if isinstance(parent.resource, Snapshot) and parent.through:
        return f" where {SnapshotColumns.of(parent.resource).is_open()}"
    return ""


_PLAIN_TYPES = (
    *("varchar", "boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint"),
    *("usmallint", "uinteger", "ubigint", "double", "float", "decimal"),
)


def selected_as_text(column: Column) -> str:
    """A column; as text, where Python would read it in a way of its own."""
    kind = column.data_type or ""
    name = quoted(column.name)
    if kind.startswith((*_PLAIN_TYPES, "struct", "map")) or kind.endswith("]"):
        return name
    return f"cast({name} as varchar) as {name}"
