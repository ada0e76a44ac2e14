"""Values as YAML text, in the habits of the file that they go into."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from msgspec import Struct

_FIRST = r"[A-Za-z0-9_(./+-]"
_IN_BLOCK = re.compile(rf"{_FIRST}(?:[^\s:#\\]| (?!#)|:(?! ))*")
_IN_FLOW = re.compile(rf"{_FIRST}(?:[^\s:#?\\\"'{{}}\[\],]| (?!#))*")


class Habits(Struct, frozen=True):
    """How far a file indents what is under a key, the items of a list, and how its lines end."""

    step: int = 2
    dash: int = 2
    line_end: str = "\n"


def habits_of(text: str, top: yaml.Node | None) -> Habits:
    """The habits that most of the file has."""
    steps, dashes = Counter[int](), Counter[int]()
    for column, value in _under_keys(top):
        if isinstance(value, yaml.SequenceNode):
            dashes[value.start_mark.column - column] += 1
        else:
            steps[value.start_mark.column - column] += 1
    first_line = re.search(r"\r\n|\n", text)
    dash = dashes.most_common(1)[0][0] if dashes else 2
    return Habits(
        step=steps.most_common(1)[0][0] if steps else dash or 2,
        dash=dash,
        line_end=first_line[0] if first_line else "\n",
    )


def block(value: dict[str, Any], indent: int, habits: Habits) -> list[str]:
    """The keys of a mapping as lines."""
    lines = []
    for key, inner in value.items():
        head = f"{' ' * indent}{scalar(key)}:"
        if isinstance(inner, dict) and inner:
            lines += [head, *block(inner, indent + habits.step, habits)]
        elif isinstance(inner, list) and any(isinstance(one, dict) for one in inner):
            lines.append(head)
            for one in inner:
                lines += item(one, indent + habits.dash, habits)
        else:
            lines.append(f"{head} {one_line(inner)}")
    return lines


def item(value: Any, indent: int, habits: Habits) -> list[str]:
    """An item of a list as lines."""
    if not isinstance(value, dict) or not value:
        return [f"{' ' * indent}- {one_line(value)}"]
    first, *others = block(value, indent + 2, habits)
    return [f"{' ' * indent}- {first.lstrip(' ')}", *others]


def flow(value: Any) -> str:
    """The value on one line: `[unique, not_null]`, `{enforced: true}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A single value, in quotes only if it would be read as something else without."""
    return _scalar(value, _IN_FLOW, "[{}]")


def one_line(value: Any) -> str:
    """A value behind a key of a block: what is plain there may need quotes in brackets."""
    if isinstance(value, dict | list):
        return flow(value)
    return _scalar(value, _IN_BLOCK, "- {}")


def _scalar(value: Any, plain: re.Pattern[str], around: str) -> str:
    if isinstance(value, str):
        if plain.fullmatch(value) and value == value.rstrip() and _read(around, value) == value:
            return value
        return json.dumps(value, ensure_ascii=False)
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    return str(value)  # a date


@lru_cache(maxsize=4096)  # a file of thousands of columns has few words, again and again
def _read(around: str, text: str) -> Any:
    try:
        [value] = yaml.load(around.format(text), yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None
    return value


def _under_keys(node: yaml.Node | None) -> Iterator[tuple[int, yaml.Node]]:
    """The column of each key, with the block that is under it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return
    for part in node.value:
        if isinstance(part, tuple):
            key, value = part
            # An alias leads to a place before.
            if value.start_mark.line > key.start_mark.line:
                if isinstance(value, yaml.CollectionNode) and not value.flow_style:
                    yield key.start_mark.column, value
                yield from _under_keys(value)
        else:
            yield from _under_keys(part)
