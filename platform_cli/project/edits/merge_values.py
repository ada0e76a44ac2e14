"""Two people's changes of one YAML value, brought together key by key.

Keys have no neighbours: unlike lines, two that stand next to each other are no conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from platform_cli.project.edits.edit import AddItem, Remove, SetKey, YamlEdit
from platform_cli.project.edits.intended import same
from platform_cli.project.entry_place import Item, Keys


class _Missing:
    """No value at all, which is another thing than `null`."""


MISSING: Final = _Missing()


_Named = dict[tuple[str, Any], Any]


class Clash(NamedTuple):
    """Both changed this key, and not to the same; `theirs` is what they made of it."""

    way: Keys
    theirs: Any


class Merge(Struct):
    """The edits that bring their changes in, and what is left as it is."""

    path: str
    edits: list[YamlEdit] = []
    clashes: list[Clash] = []
    kept: list[Keys] = []
    """What they changed or took away, and somebody else changed or took away before."""

    def walk(self, way: Keys, base: Any, theirs: Any, mine: Any) -> None:
        """Bring in what `theirs` made of `base`, where `mine` left it as it was."""
        if same(base, theirs) or same(mine, theirs):
            return
        if MISSING not in (theirs, mine) and self._inside(way, base, theirs, mine):
            return
        if base is not MISSING and same(mine, base):
            self._follow(way, theirs)
        elif mine is MISSING and base is MISSING:
            self.edits.append(SetKey(self.path, way, theirs))
        elif mine is MISSING:
            self.kept.append(way)
        elif theirs is MISSING:
            if not self._inside(way, base, theirs, mine):
                self.kept.append(way)
        else:
            # Rows and the like, too: they have no names, and are one value.
            self.clashes.append(Clash(way, theirs))

    def _inside(self, way: Keys, base: Any, theirs: Any, mine: Any) -> bool:
        """Whether it was done by what is inside, also where mine is as it was: less is touched."""
        if _all(dict, base, theirs, mine):
            self._keys(way, *(one if isinstance(one, dict) else {} for one in (base, theirs, mine)))
            return True
        if not _all(list, base, theirs, mine):
            return False
        named = [_by_id(one if isinstance(one, list) else []) for one in (base, theirs, mine)]
        if any(one is None for one in named):
            return False
        self._items(way, theirs, *(one or {} for one in named))
        return True

    def _follow(self, way: Keys, theirs: Any) -> None:
        gone = theirs is MISSING
        self.edits.append(Remove(self.path, way) if gone else SetKey(self.path, way, theirs))

    def _keys(
        self, way: Keys, base: dict[Any, Any], theirs: dict[Any, Any], mine: dict[Any, Any]
    ) -> None:
        for key in dict.fromkeys((*theirs, *base)):
            values = (one.get(key, MISSING) for one in (base, theirs, mine))
            self.walk((*way, key), *values)

    def _items(self, way: Keys, theirs: list[Any], old: _Named, new: _Named, own: _Named) -> None:
        target, added = dict(own), list[Any]()
        for name in dict.fromkeys((*new, *old)):
            before, after, now = (one.get(name, MISSING) for one in (old, new, own))
            if same(before, after) or same(now, after):
                continue
            if name[0] == "name" and MISSING not in (now, before):
                self.walk((*way, Item(name[1])), before, after, now)
            elif before is MISSING and now is MISSING:
                added.append(after)
            elif now is MISSING or (after is MISSING and not same(now, before)):
                self.kept.append((*way, str(name[1])))
            elif same(now, before):
                target[name] = after
            else:
                self.clashes.append(Clash(way, theirs))
                return
        target = {name: one for name, one in target.items() if one is not MISSING}
        if target.keys() == own.keys() and all(target[one] is own[one] for one in own):
            self.edits += [AddItem(self.path, way, one) for one in added]
        elif target or added:
            self.edits.append(SetKey(self.path, way, [*target.values(), *added]))
        else:
            self.edits.append(Remove(self.path, way))


def _all(kind: type, *values: Any) -> bool:
    """Whether all that is there is of this kind."""
    return all(isinstance(one, kind) or one is MISSING for one in values)


def in_any_order(value: Any) -> Any:
    """The value with the items that have names sorted by them: their order means nothing."""
    if isinstance(value, dict):
        return {key: in_any_order(one) for key, one in value.items()}
    if isinstance(value, list):
        named = _by_id(value)
        if named is None:
            return value
        return [in_any_order(named[one]) for one in sorted(named, key=repr)]
    return value


def _by_id(items: Sequence[Any]) -> _Named | None:
    """The items by what people tell them apart by; None when there is no such thing."""
    found: _Named = {}
    for one in items:
        name = _id(one)
        if name is None or name in found:
            return None
        found[name] = one
    return found


def _id(item: Any) -> tuple[str, Any] | None:
    if isinstance(item, dict):
        for key in ("name", "input"):
            if isinstance(item.get(key), str):
                return key, item[key]
        # A data test with arguments: `relationships: {...}`, which is `unique` without any.
        return ("test", next(iter(item))) if len(item) == 1 else None
    return None if isinstance(item, list) or item is None else ("test", item)
