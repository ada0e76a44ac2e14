"""Which column a name in a query means."""

from __future__ import annotations

from collections.abc import Iterable

from platform_cli.project.lineage.shape import (
    Item,
    Open,
    Rank,
    Shape,
    Value,
    either,
    together,
    unknown,
)


class Source:
    """Something a select reads, under its alias in lower case."""

    def __init__(self, alias: str, shape: Shape) -> None:
        self.alias = alias
        self.shape = shape


class Scope:
    """The names that an expression of one select sees; what it does not know, `outer` may."""

    def __init__(self, outer: Scope | None = None) -> None:
        self.outer = outer
        self.sources: list[Source] = []
        self.aliases: dict[str, Value] = {}
        self.bound: frozenset[str] = frozenset()
        """Names of lambdas: no columns."""
        self._proven: dict[str, Value] = {}
        """Names that a source must have, since nothing else had them when they were read."""
        self._merged: dict[str, tuple[Value, list[Source]]] = {}

    def within(self, names: Iterable[str]) -> Scope:
        """This one inside of a lambda."""
        inner = Scope(self)
        inner.bound = frozenset(names)
        return inner

    def merge(self, name: str, right: Source, side: str) -> list[Value]:
        """`using (name)`: from here on one column. What it is on each side."""
        key = name.lower()
        left = self.column(name)
        of_right = _in(right.shape, key, name) or unknown(f"{right.alias} has no column {name}")
        made = left
        if side == "RIGHT":
            made = of_right
        elif side == "FULL":
            made = together([left, of_right])
        group = self._merged[key][1] if key in self._merged else []
        if not group:
            group = [one for one in self.sources if one.shape.listed(key) is not None]
            group = group or [one for one in self.sources if one.shape.may_have(key)]
        self._merged[key] = made, [*group, right]
        return [left, of_right]

    def column(self, name: str) -> Value:
        """What an unqualified name means."""
        key = name.lower()
        found = self.found(key, name)
        return found or unknown(f"nothing that is read has a column {name}")

    def found(self, key: str, name: str) -> Value | None:
        """What a name (`key` in lower case) means; None when nothing has it."""
        if key in self.bound:
            return Value(frozenset(), Rank.COMPUTED)
        if key in self._merged:
            return self._merged[key][0]
        listed = [one.shape.listed(key) for one in self.sources]
        certain = [one for one in listed if one is not None]
        if certain:
            return either(certain, name)
        possible = [value for one in self.sources for value in one.shape.behind_stars(key, name)]
        if key in self._proven:
            return self._proven[key]
        alias = self.aliases.get(key)
        if alias is not None:
            return either([*possible, alias], name) if possible else alias
        if not possible:
            beyond = self.outer.found(key, name) if self.outer else None
            return beyond or self._row(key)
        if self.outer and (beyond := self.outer.found(key, name)) is not None:
            return either([*possible, beyond], name)
        self._proven[key] = either(possible, name)
        return self._proven[key]

    def lists(self, name: str) -> bool:
        """Whether the name is certainly one of a column, an alias or a lambda."""
        key = name.lower()
        here = any(one.shape.listed(key) or one.alias == key for one in self.sources)
        return here or key in self.bound or bool(self.outer and self.outer.lists(name))

    def _row(self, key: str) -> Value | None:
        """`select t from t`: a whole row."""
        source = self.source(key)
        return None if source is None else all_of(source.shape)

    def source(self, alias: str) -> Source | None:
        """What is read under this alias, here or around."""
        wanted = alias.lower()
        for one in self.sources:
            if one.alias == wanted:
                return one
        return self.outer.source(alias) if self.outer else None

    def named(self, parts: list[str]) -> Value:
        """What a name of several parts means: `t.x`, a field `x.a`, `t.x.a`, `schema.t.x`."""
        for at in range(len(parts) - 1):
            source = self.source(parts[at])
            if source is None:
                continue
            name = parts[at + 1]
            value = _in(source.shape, name.lower(), name)
            if value is not None:
                return value if at + 2 == len(parts) else together([value])
        shown = ".".join(parts)
        if parts[0].lower() in self.bound:
            return Value(frozenset(), Rank.COMPUTED)
        key = parts[0].lower()
        is_alias = self.source(key) is not None
        if is_alias and not any(one.shape.listed(key) for one in self.sources):
            return unknown(f"{parts[0]} has no column {'.'.join(parts[1:])}")
        value = self.found(key, parts[0])
        if value is None:
            return unknown(f"nothing that is read has a column {shown}")
        return together([value])

    def star(self, only: Source | None = None) -> tuple[list[Item], list[Open]]:
        """All columns, as `*` has them, or those of one source."""
        items: list[Item] = []
        opens: list[Open] = []
        for source in [only] if only else self.sources:
            hidden = set()
            for item in source.shape.items:
                key = (item.name or "").lower()
                if only is None and key in self._merged:
                    value, group = self._merged[key]
                    if source in group[1:]:
                        continue
                    if source in group:
                        item = Item(item.name, value)
                items.append(item)
            if only is None:
                hidden = {key for key, (_, group) in self._merged.items() if source in group[1:]}
            opens += [one._replace(hidden=one.hidden | hidden) for one in source.shape.opens]
        return items, opens


def all_of(shape: Shape) -> Value:
    """A value made of all columns of a shape."""
    parts = [item.value for item in shape.items]
    parts += [unknown(one.why) for one in shape.opens]
    return together(parts)


def _in(shape: Shape, key: str, name: str) -> Value | None:
    found = shape.listed(key)
    if found is not None:
        return found
    possible = shape.behind_stars(key, name)
    return either(possible, name) if possible else None
