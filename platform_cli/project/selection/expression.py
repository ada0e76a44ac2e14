"""A selection as a person writes it, taken apart: `+tag:nightly,models/marts stg_flights`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from platform_cli.errors import PlatformError

_WORD = re.compile(
    r"(?P<childrens_parents>@)?(?P<parents>(?P<parents_depth>\d*)\+)?"
    r"((?P<method>[\w.]+):)?(?P<value>.*?)"
    r"(?P<children>\+(?P<children_depth>\d*))?"
)


ALL_THE_WAY = -1


class Word(Struct, frozen=True):
    """One criterion: what is meant, and how far its neighbours are meant too, in steps."""

    raw: str
    method: str
    arguments: tuple[str, ...]
    value: Any
    childrens_parents: bool = False
    parents: int | None = None
    children: int | None = None


class Several(Struct, frozen=True):
    """Criteria put together; of a difference the first one is what the others are taken from."""

    how: Literal["union", "intersection", "difference"]
    parts: tuple[Word | Several, ...]
    raw: str = ""


Expression = Word | Several


def read_words(words: Iterable[str]) -> Several:
    """The union of the words; a comma inside one makes an intersection.

    Raises PlatformError for a word that is no criterion.
    """
    parts: list[Expression] = []
    for word in (part for written in words for part in written.split(" ")):
        criteria = tuple(read_word(part) for part in word.split(","))
        single = len(criteria) == 1
        parts.append(criteria[0] if single else Several("intersection", criteria, word))
    return Several("union", tuple(parts))


def read_word(raw: str) -> Word:
    """One criterion.

    Raises PlatformError when it is none.
    """
    found = _WORD.fullmatch(raw)
    if found is None:  # dbt refuses it as well
        raise PlatformError(
            f"{raw!r} has several lines",
            hint="put a space between the words: --select \"$(tr '\\n' ' ' < names.txt)\"",
        )
    method, *arguments = (found["method"] or usual_method(found["value"])).split(".")
    return make_word(
        raw,
        method,
        tuple(arguments),
        found["value"],
        childrens_parents=bool(found["childrens_parents"]),
        parents=int(found["parents_depth"] or ALL_THE_WAY) if found["parents"] else None,
        children=int(found["children_depth"] or ALL_THE_WAY) if found["children"] else None,
    )


def make_word(
    raw: str,
    method: str,
    arguments: tuple[str, ...],
    value: Any,
    *,
    childrens_parents: bool = False,
    parents: int | None = None,
    children: int | None = None,
) -> Word:
    """The criterion of these parts.

    Raises PlatformError for parts that exclude each other, as they do for dbt.
    """
    if childrens_parents and children is not None:
        raise PlatformError(
            f"{raw!r} has a `@` before it and a `+` after it",
            hint="`@` takes what is downstream already: leave the `+` out",
        )
    return Word(raw, method, arguments, value, childrens_parents, parents, children)


def usual_method(value: str) -> str:
    """What a value without a method is: a path, a file, or a name."""
    if "/" in value or value.lower().endswith((".yml", ".yaml")):
        return "path"
    return "file" if value.lower().endswith((".sql", ".py", ".csv")) else "fqn"
