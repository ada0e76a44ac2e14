"""The calls that fill the arguments of data tests: one pattern instead of a template for each."""

from __future__ import annotations

import re
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
