"""What a person said on the command line of `new-model`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platform_cli.scaffold.query.draft import QueryDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person said on the command line."""

    name: str | None
    parents: tuple[str, ...] = ()
    kind: str | None = None
    owner: str | None = None
    sla: str | None = None
    description: str | None = None
    key: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    folder: str | None = None
    incremental_on: str | None = None
    append: bool = False
    unit_test: bool = True
    query: QueryDraft | None = None
    file: str = ""
    """Where the query comes from."""
    here: str = ""
    """The folder that the person works in, from the project's root; empty when that is above."""


def split_words(words: Iterable[str]) -> tuple[str, ...]:
    """One by one: several may stand in one word, with commas."""
    split = (one.strip() for word in words for one in word.split(","))
    return tuple(one for one in split if one)
