"""One edit of the text of a YAML file: what it does not mean stays, byte for byte.

Text is put in or taken out at places that PyYAML names. Then the new text is read again, and unless
its value is the old value with exactly the intended change, the edit is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from platform_cli.project.edits.edit import AddItem, RefusedError, Remove, SetKey, YamlEdit
from platform_cli.project.edits.intended import intended, intended_of, is_so, same, unshared
from platform_cli.project.edits.yaml_tree import (
    child,
    composed,
    end_of,
    in_flow,
    index,
    is_nothing,
    line_after,
    line_start,
    start_of,
    unmarked,
    value_of,
)
from platform_cli.project.edits.yaml_words import Habits, block, flow, habits_of, item, one_line
from platform_cli.project.entry_place import Item, Keys

ORDER = (
    "version", "name", "relation", "identifier", "quote", "data_type", "description",
    "latest_version", "access", "group", "docs", "config", "meta", "tags", "constraints",
    "data_tests", "tests", "columns",
)  # fmt: skip
"""How people order the keys of an entry; another key comes last."""


def edited(text: str, edit: YamlEdit) -> str:
    """The text after the edit; the same text when all is so already.

    Raises RefusedError when the file is not what it takes: no valid YAML, several documents,
    anchors at the place, a value of another sort in the way.
    """
    if isinstance(edit, SetKey) and isinstance(edit.way[-1], Item):
        raise RefusedError("an item of a list cannot be set")
    before = _read(text)
    wish = intended(before, edit)
    if same(before, wish):
        return text
    after = _put(text, [_Editing(text).made(edit)])
    if not same(_read(after), wish):
        raise RefusedError("the file is written in a way that cannot be edited safely")
    return after


def edited_together(text: str, edits: Sequence[YamlEdit]) -> str:
    """The text after all of these edits, in their order.

    A table has thousands of columns and a file hundreds of models, and reading the file again for
    each takes minutes: what does not depend on another edit is put in at once, and compared once.

    Raises RefusedError as `edited` does.
    """
    left = list(edits)
    while len(left) > 1:
        wave = _wave(text, left)
        if wave is None:
            # Of the halves only the one with the odd edit has to go through this again.
            middle = len(left) // 2
            return edited_together(edited_together(text, left[:middle]), left[middle:])
        text, left = wave
    return edited(text, left[0]) if left else text


def edited_at_once(text: str, edits: Sequence[YamlEdit]) -> str | None:
    """The same in one go; None when that cannot be: one edit needs what another one makes."""
    wave = _wave(text, edits)
    return None if wave is None or wave[1] else wave[0]


def _wave(text: str, edits: Sequence[YamlEdit]) -> tuple[str, list[YamlEdit]] | None:
    """The text with all edits that need nothing of what others of them make, and those others.

    None when these edits cannot be made in one go.
    """
    later, touched = list[YamlEdit](), set[Keys | None]()
    try:
        value = _read(text)
        editing, splices = _Editing(text), list[_Splice]()
        for edit in edits:
            if isinstance(edit, SetKey) and isinstance(edit.way[-1], Item):
                return None
            if any(edit.way[:end] in touched for end in range(1, len(edit.way) + 1)):
                later.append(edit)
            elif not is_so(value, edit):
                touched.add(editing.touched(edit))
                splices.append(editing.made(edit))
                value = intended_of(value, edit)
    except RefusedError:
        return None
    splices.sort(key=lambda one: one.place)
    if any(one.end > other.start for one, other in pairwise(splices)):
        return None
    after = _put(text, splices)
    try:
        return (after, later) if not splices or same(_read(after), value) else None
    except RefusedError:
        return None


class _Splice(NamedTuple):
    """Words in the place of those from `start` to `end`.

    Of new lines at one place the deeper ones come first, and then the keys as people order them.
    """

    start: int
    end: int
    words: str
    column: int = 0
    rank: int = 0

    @property
    def place(self) -> tuple[int, int, int]:
        return self.start, -self.column, self.rank


def _put(text: str, splices: Sequence[_Splice]) -> str:
    """The text with these, which are in the order of their places."""
    parts, at = list[str](), 0
    for start, end, words, *_ in splices:
        parts += (text[at:start], words)
        at = end
    return "".join((*parts, text[at:]))


def _read(text: str) -> Any:
    try:
        return unshared(yaml.load(text, yaml.CSafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RefusedError("the file is not valid YAML, or has several documents") from error


class _Editing:
    """One text with the places in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._top = composed(text)
        self._habits: Habits = habits_of(text, self._top)

    def made(self, edit: YamlEdit) -> _Splice:
        if isinstance(edit, Remove):
            return self._removed(edit)
        adding = isinstance(edit, AddItem)
        value = [edit.value] if adding else edit.value
        top = self._top
        if top is None or is_nothing(top):
            lines = block(_nested(edit.way, value), 0, self._habits)
            return self._put_lines(len(self._text), lines)
        chain, numbers = self._walk(edit)
        unmarked(self._text, chain[1:])
        rest, node = edit.way[len(numbers) :], chain[-1]
        if not rest:
            if adding and not is_nothing(node):
                return self._add(chain, numbers, edit.value)
            return self._set(chain, numbers, value)
        made = _nested(rest, value)
        if is_nothing(node):
            return self._fill(chain[-2], numbers[-1], made)
        if isinstance(made, list):
            return self._add(chain, numbers, made[0])
        [(key, inner)] = made.items()
        return self._insert(node, key, inner)

    def touched(self, edit: YamlEdit) -> Keys | None:
        """Where no other edit can put anything: what this one makes, or gives another value."""
        if self._top is None:
            return edit.way[:1]
        chain, numbers = self._walk(edit)
        there = len(numbers)
        if is_nothing(chain[-1]):
            return edit.way[: there or 1]
        makes = there < len(edit.way) or isinstance(edit, SetKey) or chain[-1].value == []
        return edit.way[: there + 1] if makes else None

    def _walk(self, edit: YamlEdit) -> tuple[list[yaml.Node], list[int]]:
        """The nodes along the way as far as it goes, and the number of each in the one above."""
        assert self._top is not None  # noqa: S101  (asked before)
        chain, numbers = [self._top], list[int]()
        last = edit.which if isinstance(edit, Remove) else 0
        for at, key in enumerate(edit.way):
            number = child(chain[-1], key, last if at == len(edit.way) - 1 else 0)
            if number is None:
                break
            numbers.append(number)
            chain.append(value_of(chain[-1], number))
        return chain, numbers

    def _insert(self, node: yaml.Node, key: str, value: Any) -> _Splice:
        """A new key in a mapping."""
        if not isinstance(node, yaml.MappingNode):
            raise RefusedError(f"what should hold `{key}:` is no mapping")
        if in_flow(node):
            return self._into_flow(node, f"{flow(key)}: {flow(value)}")
        number = _before(node, key)
        at = line_after(self._text, end_of(node, number, self._text))
        column = node.value[0][0].start_mark.column
        lines = block({key: value}, column, self._habits)
        return self._put_lines(at, lines, column, _rank(key))

    def _add(self, chain: list[yaml.Node], numbers: list[int], value: Any) -> _Splice:
        """A new item in a list."""
        node, text = chain[-1], self._text
        if not isinstance(node, yaml.SequenceNode):
            raise RefusedError("what should hold it is no list")
        if in_flow(node):
            above = chain[-2] if len(chain) > 1 else node
            in_lines = isinstance(above, yaml.MappingNode) and not in_flow(above)
            if not node.value and in_lines and isinstance(value, dict):
                return self._unfold(above, numbers[-1], value)
            return self._into_flow(node, flow(value))
        last = len(node.value) - 1
        at = line_after(text, end_of(node, last, text))
        column = node.start_mark.column
        lines = item(value, column, self._habits)
        apart = last and self._is_blank(line_start(text, start_of(node, last)))
        return self._put_lines(at, ["", *lines] if apart else lines, column)

    def _is_blank(self, at: int) -> bool:
        """Whether the line before the one that starts here is empty."""
        above = self._text[:at].removesuffix("\n").removesuffix("\r")
        return above.endswith(("\n", "\r"))

    def _unfold(self, above: yaml.Node, number: int, value: Any) -> _Splice:
        """A list that is there as `[]` gets its first entry, in the lines after its key."""
        key, node = above.value[number]
        end = int(node.end_mark.index)
        stop = line_after(self._text, end)
        if "\n" in self._text[key.end_mark.index : end] or self._text[end:stop].strip():
            return self._into_flow(node, flow(value))
        [_, *lines] = block({key.value: [value]}, key.start_mark.column, self._habits)
        colon = self._text.index(":", key.end_mark.index) + 1
        line_end = self._habits.line_end
        return _Splice(colon, stop, line_end.join(["", *lines, ""]))

    def _into_flow(self, node: yaml.Node, words: str) -> _Splice:
        if not node.value:
            return _Splice(index(node) + 1, index(node) + 1, words)
        end = end_of(node, len(node.value) - 1, self._text)
        return _Splice(end, end, f", {words}")

    def _fill(self, above: yaml.Node, number: int, value: Any) -> _Splice:
        """A key that has no value gets one, in the lines after it."""
        key = above.value[number][0]
        if in_flow(above):
            raise RefusedError("a key without value in a flow mapping")
        lines = block({key.value: value}, key.start_mark.column, self._habits)
        end = end_of(above, number, self._text)
        if len(lines) == 1:
            return self._put_after_colon(key, flow(value))
        return self._put_lines(line_after(self._text, end), lines[1:], key.start_mark.column + 1)

    def _set(self, chain: list[yaml.Node], numbers: list[int], value: Any) -> _Splice:
        """A key that is there gets another value."""
        above, node, text = chain[-2], chain[-1], self._text
        if is_nothing(node):
            return self._fill(above, numbers[-1], value)
        start, end = index(node), end_of(above, numbers[-1], text)
        several_lines = "\n" in text[start:end] or "\r" in text[start:end]
        is_block = isinstance(node, yaml.CollectionNode) and not in_flow(node)
        if is_block or several_lines or "#" in text[start:end]:
            raise RefusedError("a longer value stands there already")
        return _Splice(start, end, flow(value) if in_flow(above) else one_line(value))

    def _put_after_colon(self, key: yaml.Node, words: str) -> _Splice:
        colon = self._text.index(":", key.end_mark.index) + 1
        return _Splice(colon, colon, f" {words}")

    def _removed(self, edit: Remove) -> _Splice:
        chain, numbers = self._walk(edit)
        if len(numbers) < len(edit.way):
            raise RefusedError("it is not there")
        unmarked(self._text, chain[1:])
        # What would be left empty goes with it.
        while len(numbers) > 1 and len(chain[-2].value) == 1:
            chain.pop()
            numbers.pop()
        node, number = chain[-2], numbers[-1]
        last = len(node.value) - 1
        end = end_of(node, number, self._text)
        if in_flow(node):
            if number:
                return _Splice(end_of(node, number - 1, self._text), end, "")
            end = start_of(node, 1) if last else end
            return _Splice(start_of(node, 0), end, "")
        start = start_of(node, number)
        begin = line_start(self._text, start)
        if self._text[begin:start].strip(" -") or (
            isinstance(node, yaml.MappingNode) and "-" in self._text[begin:start]
        ):
            raise RefusedError("another thing stands on its line")
        return _Splice(begin, line_after(self._text, end), "")

    def _put_lines(self, at: int, lines: list[str], column: int = 0, rank: int = 0) -> _Splice:
        end = self._habits.line_end
        if at and self._text[at - 1] not in "\n\r":
            return _Splice(at, at, end + end.join(lines), column, rank)
        return _Splice(at, at, end.join([*lines, ""]), column, rank)


def _nested(way: tuple[str | Item, ...], value: Any) -> Any:
    """What has to be made for the rest of a way."""
    if not way:
        return value
    first, inner = way[0], _nested(way[1:], value)
    if isinstance(first, Item):
        return [{"name": first.name, **inner}]
    return {first: inner}


def _rank(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _before(node: yaml.Node, key: str) -> int:
    """The pair of a mapping that a new key comes after."""
    if key not in ORDER:
        return len(node.value) - 1
    earlier = ORDER[: ORDER.index(key)]
    known = [number for number, (one, _) in enumerate(node.value) if one.value in earlier]
    later = any(one.value in ORDER and one.value not in earlier for one, _ in node.value)
    if not later:
        return len(node.value) - 1
    return known[-1] if known else 0
