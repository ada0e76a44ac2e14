"""What the value of a YAML file should be after an edit: the yardstick of `yaml_edit`."""

from __future__ import annotations

from itertools import islice
from typing import Any

from platform_cli.project.edits.edit import AddItem, RefusedError, Remove, SetKey, YamlEdit
from platform_cli.project.entry_place import Item

MOST = 1_000_000
"""Values in one file. Aliases of aliases make a few lines endless."""


def intended(before: Any, edit: YamlEdit) -> Any:
    """A copy of the value with the change that the edit means.

    Raises RefusedError when something of another sort is in the way.
    """
    return intended_of(unshared(before), edit)


def intended_of(value: Any, edit: YamlEdit) -> Any:
    """The same of a value without aliases; what does not change is shared with it."""
    if isinstance(edit, Remove):
        return _without(value, edit.way, edit.which)
    return _with(value, edit.way, edit)


def is_so(value: Any, edit: YamlEdit) -> bool:
    """Whether the value is already what the edit means, as far as its way goes."""
    if isinstance(edit, Remove):
        return False
    for key in edit.way:
        if isinstance(key, Item):
            at = _at(value if isinstance(value, list) else [], key, 0)
            if at is None:
                return False
            value = value[at]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return False
    if isinstance(edit, SetKey):
        return same(value, edit.value)
    return isinstance(value, list) and any(_is(one, edit.value) for one in value)


def _with(value: Any, way: tuple[str | Item, ...], edit: SetKey | AddItem) -> Any:
    if not way:
        if isinstance(edit, SetKey):
            return unshared(edit.value)
        if value is not None and not isinstance(value, list):
            raise RefusedError("what should hold it is no list")
        items = value or []
        return items if any(_is(one, edit.value) for one in items) else [*items, edit.value]
    first, rest = way[0], way[1:]
    if isinstance(first, Item):
        if value is not None and not isinstance(value, list):
            raise RefusedError(f"what should hold the entry {first.name} is no list")
        items = value or []
        at = _at(items, first, 0)
        if at is None:
            return [*items, _with({"name": first.name}, rest, edit)]
        return [*items[:at], _with(items[at], rest, edit), *items[at + 1 :]]
    if value is not None and not isinstance(value, dict):
        raise RefusedError(f"what should hold `{first}:` is no mapping")
    keys = value or {}
    return {**keys, first: _with(keys.get(first), rest, edit)}


def _without(value: Any, way: tuple[str | Item, ...], which: int) -> Any:
    """The value without the end of the way; None when nothing is left of it."""
    if not way:
        return None
    first, rest = way[0], way[1:]
    if isinstance(first, Item):
        at = _at(value if isinstance(value, list) else [], first, 0 if rest else which)
        if at is None:
            return value
        inner = _without(value[at], rest, which)
        kept = [*value[:at], *([inner] if inner is not None else []), *value[at + 1 :]]
        return kept or None
    if not isinstance(value, dict) or first not in value:
        return value
    inner = _without(value[first], rest, which)
    others = {key: one for key, one in value.items() if key != first}
    # In its old place, which keeps the order of the keys.
    changed = {key: inner if key == first else one for key, one in value.items()}
    return changed if inner is not None else others or None


def _at(items: list[Any], named: Item, which: int) -> int | None:
    numbers = (
        number
        for number, one in enumerate(items)
        if isinstance(one, dict) and str(one.get("name")) == named.name
    )
    return next(islice(numbers, which, None), None)


def _is(item: Any, wish: Any) -> bool:
    """Whether the item is there: entries are known by their names."""
    if isinstance(wish, dict) and "name" in wish:
        name = wish["name"]
        return isinstance(item, dict) and item.get("name") == name and same(item["name"], name)
    return same(item, wish)


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal and of equal types: `1` is not `true`, as YAML has them."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right) or (left != left and right != right)  # noqa: PLR0124  (NaN)


def unshared(value: Any) -> Any:
    """A copy in which no part is there twice: aliases are written out.

    Raises RefusedError when that has no end, or nearly none.
    """
    return _copy(value, [MOST])


def _copy(value: Any, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise RefusedError("its aliases (`*name`) make it too large")
    if isinstance(value, dict):
        return {key: _copy(one, left) for key, one in value.items()}
    if isinstance(value, list):
        return [_copy(one, left) for one in value]
    return value
