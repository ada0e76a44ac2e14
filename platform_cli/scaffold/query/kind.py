"""What kind of model it seems to be, and what to call it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePath

from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.resources import AnyResource, Source
from platform_cli.scaffold.model.kinds import Kind
from platform_cli.scaffold.model.name import allowed_prefixes

_NO_NAMES = {"query", "sql", "untitled", "new", "test", "tmp", "stdin", "script", "select", "_"}


def proposed_kind(
    parents: Sequence[AnyResource], layers: Layers, *, joins: bool, sums_up: bool
) -> str:
    """The name of the kind: by what it reads, and whether it joins or sums up."""
    sources = [one for one in parents if isinstance(one, Source)]
    if sums_up:
        return "aggregate"
    if sources:
        return "staging" if len(parents) == 1 and not joins else "intermediate"
    highest = list(layers.by_name)[-1:]
    return "fact" if any(layers.of(one) in highest for one in parents) else "intermediate"


def proposed_name(
    kind: Kind, file: str, parents: Sequence[AnyResource], layers: Layers, taken: Collection[str]
) -> str:
    """The prefix of the kind, and the name of the file or of what it reads first."""
    prefix = allowed_prefixes(kind, layers.by_name)[0]
    every = {one for layer in layers.by_name.values() for one in layer.prefixes} | {kind.prefix}

    def bare(name: str) -> str:
        name = snake_case(name)
        return next((name.removeprefix(one) for one in every if one and name.startswith(one)), name)

    stem = bare(re.sub(r"(\.sql)+$", "", PurePath(file).name))
    if stem in _NO_NAMES or not re.search("[a-z]", stem):
        stem = bare(parents[0].name)
    name = f"{prefix}{stem}"
    number = 2
    while name in taken:
        name, number = f"{prefix}{stem}_{number}", number + 1
    return name
