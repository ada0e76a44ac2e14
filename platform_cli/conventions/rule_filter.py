"""Some of the rules: by severity, what they look at, whether they mend, and their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from msgspec import Struct

from platform_cli.conventions.rule import Rule


class Wanted(Struct, frozen=True):
    """What the rules have to be; what is not said may be anything."""

    words: tuple[str, ...] = ()
    severity: str | None = None
    sees: str | None = None
    fixable: bool = False


def matching(rules: Iterable[Rule], wanted: Wanted) -> tuple[Rule, ...]:
    """The rules that are as wanted."""
    return tuple(
        rule
        for rule in rules
        if wanted.severity in {None, rule.severity}
        and (wanted.sees is None or wanted.sees in _seen(rule.sees))
        and (not wanted.fixable or rule.fix == "automatic")
        and all(word.lower() in f"{rule.name}\n{rule.page}".lower() for word in wanted.words)
    )


def kinds_seen(rules: Iterable[Rule]) -> list[str]:
    """What rules look at, in words: model, source, ..."""
    return sorted({kind for rule in rules for kind in _seen(rule.sees)})


def _seen(sees: Any) -> set[str]:
    return {one.__name__.lower() for one in get_args(sees) or (sees,)}
