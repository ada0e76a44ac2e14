"""Calls with literal arguments: one pattern instead of a template for each."""

from __future__ import annotations

import re
from functools import lru_cache
from keyword import iskeyword
from typing import NamedTuple

_WORD = r"(?:'[^'\\\n{}]*'|\"[^\"\\\n{}]*\")"
_CALL = re.compile(
    rf"\{{\{{[ ]?(?:(?P<outer>get_where_subquery)\()?(?P<name>ref|source|var)\("
    rf"[ ]?(?P<first>{_WORD})(?:,[ ]?(?P<second>{_WORD}))?[ ]?\)(?P<close>\)?)[ ]?\}}\}}"
)


class SimpleCall(NamedTuple):
    """`outer(name(*args))`, or without an outer one `name(*args)`."""

    name: str
    args: tuple[str, ...]
    outer: str | None

    @property
    def names(self) -> set[str]:
        """What must be known for the call."""
        return {self.name, self.outer} if self.outer else {self.name}


def simple_call(text: str) -> SimpleCall | None:
    """`{{ ref('x') }}`, `{{ get_where_subquery(source('a', 'b')) }}` and the like, else None."""
    found = _CALL.fullmatch(text)
    if found is None or bool(found["outer"]) != bool(found["close"]):
        return None
    args = tuple(found[part][1:-1] for part in ("first", "second") if found[part])
    return SimpleCall(found["name"], args, found["outer"])


_OPTION = rf"[A-Za-z_]\w*[ ]?=[ ]?{_WORD}"
_ARGS = rf"(?P<args>{_WORD}(?:,[ ]*{_WORD})*)"
_MACRO = re.compile(
    rf"\{{\{{[-+]?[ ]*(?P<name>[A-Za-z_]\w*)\([ ]*(?:{_ARGS}(?P<both>,[ ]*)?)?"
    rf"(?P<options>{_OPTION}(?:,[ ]*{_OPTION})*)?[ ]*\)[ ]*-?\}}\}}"
)
_WORDS = re.compile(_WORD)
_OPTIONS = re.compile(rf"(?P<key>[A-Za-z_]\w*)[ ]?=[ ]?(?P<value>{_WORD})")


class MacroCall(NamedTuple):
    """`name(*args, **options)`, all of them text."""

    name: str
    args: tuple[str, ...]
    options: dict[str, str]


@lru_cache(maxsize=4096)
def macro_call(text: str) -> MacroCall | None:
    """`{{ cents('amount') }}`, `{{ by_name('x', package='y') }}` and the like, else None."""
    found = _MACRO.fullmatch(text)
    if found is None or bool(found["both"]) != bool(found["args"] and found["options"]):
        return None
    args = tuple(word[1:-1] for word in _WORDS.findall(found["args"] or ""))
    pairs = _OPTIONS.findall(found["options"] or "")
    options = {key: value[1:-1] for key, value in pairs}
    if len(options) < len(pairs) or any(map(iskeyword, options)):
        return None
    return MacroCall(found["name"], args, options)
