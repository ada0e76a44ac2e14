"""The select list of a new model: every column named, odd names made plain, joins proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.identifiers import quoted, snake_case
from platform_cli.project.resources import Column
from platform_cli.project.still_to_write import is_still_to_write
from platform_cli.scaffold.model.name import free_name
from platform_cli.scaffold.model.parents import Parent


@dataclass(frozen=True, slots=True)
class SelectedColumn:
    """One column of the new model: what is selected (`expression`) and what it is called."""

    name: str
    expression: str
    data_type: str | None
    description: str
    parent: str = ""
    """The import name of the parent that it is a column of, as it is; empty when it is computed."""
    original: str = ""
    """What it is called there."""

    @property
    def quoted(self) -> str:
        """The name in SQL."""
        return quoted(self.name)

    @property
    def item(self) -> str:
        """The text in the select list."""
        same = self.expression.rpartition(".")[2] == self.quoted
        return self.expression if same else f"{self.expression} as {self.quoted}"


@dataclass(frozen=True, slots=True)
class Join:
    """A left join of a further parent; `left` and `right` are expressions.

    `unique` is whether `right` is the parent's tested key, so that no row comes twice.
    """

    alias: str
    left: str
    right: str
    proposed: bool
    unique: bool


@dataclass(frozen=True, slots=True)
class SelectList:
    """What is selected from the parents, and how they are joined."""

    columns: tuple[SelectedColumn, ...]
    joins: tuple[Join, ...]
    unknown: tuple[str, ...] = ()
    """Import names of parents of whose columns nothing is known: all of them are selected."""
    group_by: tuple[str, ...] = ()
    """Expressions; without them every row is a row of the model."""
    distinct: bool = False

    @property
    def items(self) -> tuple[str, ...]:
        """The lines of the select list."""
        return (*(one.item for one in self.columns), *(f"{one}.*" for one in self.unknown))


def select_list(parents: Sequence[Parent], join_words: Iterable[str]) -> SelectList:
    """All columns of all parents; a name that is taken gets its parent's name before it.

    `join_words` are `PARENT:LEFT=RIGHT`; without one, a parent is joined on its key, or on the
    only column it shares with the first parent. Raises PlatformError when that is not possible.
    """
    wishes = dict(_wish(word, parents) for word in join_words)
    joins = tuple(_join(parents[0], parent, wishes.get(parent.alias)) for parent in parents[1:])
    on = {join.right for join in joins}
    several = len(parents) > 1
    columns: dict[str, SelectedColumn] = {}
    for parent in parents:
        others = set(columns)
        plain_ones = {one.name for one in parent.columns if snake_case(one.name) == one.name}
        for column in parent.columns:
            original = quoted(column.name)
            expression = f"{parent.alias}.{original}" if several else original
            name = snake_case(column.name)
            if name in others:
                # The join makes both sides equal: one is enough.
                if expression in on:
                    continue
                name = snake_case(f"{parent.alias}_{name}")
            # A column that has a plain name keeps it, whatever an odd one before it would become.
            if name in columns or (name in plain_ones and name != column.name):
                name = free_name(name, columns.keys() | plain_ones)
            columns[name] = SelectedColumn(
                name=name,
                expression=expression,
                data_type=column.data_type,
                description=plain(column.description),
                parent=parent.alias,
                original=column.name,
            )
    unknown = tuple(parent.alias for parent in parents if not parent.columns)
    return SelectList(tuple(columns.values()), joins, unknown)


def plain(description: str) -> str:
    """A description to hand on. dbt would read braces as Jinja."""
    text = " ".join(description.split())
    return "" if "{{" in text or "{%" in text or is_still_to_write(text) else text


def _wish(word: str, parents: Sequence[Parent]) -> tuple[str, tuple[str, str]]:
    form = re.fullmatch(r"(?P<parent>[^:=]+):(?P<left>[^:=]+)=(?P<right>[^:=]+)", word)
    if not form:
        raise PlatformError(
            f"--join {word!r} is not of the form PARENT:LEFT=RIGHT",
            hint="for example --join dim_airports:destination_iata=iata",
        )
    names = {name: one for one in parents[1:] for name in (one.alias, one.resource.name)}
    if form["parent"] not in names:
        raise PlatformError(
            f"--join {word!r}: {form['parent']!r} is not among the parents to join",
            hint=did_you_mean(form["parent"], names) or f"there are {', '.join(names) or 'none'}",
        )
    parent = names[form["parent"]]
    left = _column(parents[0], form["left"], word)
    right = _column(parent, form["right"], word)
    return parent.alias, (left.name, right.name)


def _column(parent: Parent, name: str, word: str) -> Column:
    known = {column.name: column for column in parent.columns}
    if name in known or not parent.complete:
        return known.get(name, Column(name))
    raise PlatformError(
        f"--join {word!r}: {parent.resource.name} has no column {name!r}",
        hint=did_you_mean(name, known) or f"it has {', '.join(known)}",
    )


def _join(first: Parent, parent: Parent, wish: tuple[str, str] | None) -> Join:
    left, right = wish or (None, None)
    if left is None or right is None:
        mine = {column.name for column in first.columns}
        shared = [column.name for column in parent.columns if column.name in mine]
        if parent.key in shared:
            shared = [parent.key]
        if len(shared) != 1:
            raise PlatformError(
                f"how to join {parent.resource.name} to {first.resource.name}? "
                + (f"They share {', '.join(shared)}" if shared else "They share no column"),
                hint=f"say it with --join {parent.resource.name}:LEFT=RIGHT, where LEFT is a "
                f"column of {first.resource.name}",
            )
        left = right = shared[0]
    return Join(
        alias=parent.alias,
        left=f"{first.alias}.{quoted(left)}",
        right=f"{parent.alias}.{quoted(right)}",
        proposed=wish is None,
        unique=right == parent.key,
    )
