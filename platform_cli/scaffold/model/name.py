"""May a new model have this name?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from platform_cli.config import Layer
from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.model.kinds import Kind


def kind_of(name: str, kinds: Collection[Kind]) -> Kind | None:
    """The kind that a name's prefix says, None when it says none."""
    said = (kind for kind in kinds if kind.said_by_prefix)
    return next((kind for kind in said if name.startswith(kind.prefix)), None)


def check_name(
    name: str, kind: Kind, layers: dict[str, Layer], taken: Collection[str] = ()
) -> None:
    """Raise PlatformError, with a valid name that is free, unless the kind's layer takes it."""
    prefixes = allowed_prefixes(kind, layers)
    plain = snake_case(name)
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) and name.startswith(prefixes):
        return
    valid = _valid_name(plain, kind, layers)
    why = (
        f"{name!r} is no name for a {kind.name} model: it starts with {' or '.join(prefixes)}"
        if name == plain
        else f"{name!r} is no name for a model: small letters, digits and _ only"
    )
    free = free_name(valid, taken) if valid in taken else valid
    raise PlatformError(why, hint=f"for example {free}")


def no_kind(
    name: str, likely: Kind, kinds: Iterable[Kind], layers: dict[str, Layer]
) -> PlatformError:
    """What to raise about a name that says no kind; the example is of the one that is likely."""
    prefixes = dict.fromkeys(one.prefix for one in kinds)
    valid = _valid_name(snake_case(name), likely, layers)
    hint = f"start it with {', '.join(prefixes)}, or give --kind: for example {valid}"
    if valid == name:  # nothing is wrong with it
        hint = f"give --kind, for example --kind {likely.name}"
    return PlatformError(f"what kind of model is {name!r}? Its name says none", hint=hint)


def _valid_name(plain: str, kind: Kind, layers: dict[str, Layer]) -> str:
    prefixes = allowed_prefixes(kind, layers)
    if plain.startswith(prefixes):
        return plain
    # `stg_flights` as a fact is `fct_flights`, not `fct_stg_flights`.
    every = {one for layer in layers.values() for one in layer.prefixes} | {kind.prefix}
    bare = next((plain.removeprefix(one) for one in every if plain.startswith(one)), plain)
    return f"{prefixes[0]}{bare.lstrip('_')}"


def allowed_prefixes(kind: Kind, layers: dict[str, Layer]) -> tuple[str, ...]:
    """The prefixes of a kind in this project, its own first."""
    layer = layers.get(kind.layer)
    if layer is None or kind.prefix in layer.prefixes:
        return (kind.prefix,)
    return layer.prefixes or ("",)


def free_name(name: str, taken: Collection[str]) -> str:
    """The first of `name_2`, `name_3`, ... that nobody has."""
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
