"""May a new model have this name?"""

from __future__ import annotations

import re
from collections.abc import Collection

from platform_cli.config import Layer
from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.model.kinds import Kind


def kind_of(name: str, kinds: Collection[Kind]) -> Kind | None:
    """The kind that a name's prefix says, None when it says none."""
    said = (kind for kind in kinds if kind.said_by_prefix)
    return next((kind for kind in said if name.startswith(kind.prefix)), None)


def check_name(name: str, kind: Kind, layers: dict[str, Layer]) -> None:
    """Raise PlatformError, with a valid name, unless the kind's layer takes this one."""
    prefixes = allowed_prefixes(kind, layers)
    plain = snake_case(name)
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) and name.startswith(prefixes):
        return
    if plain.startswith(prefixes):
        valid = plain
    else:
        # `stg_flights` as a fact is `fct_flights`, not `fct_stg_flights`.
        every = {one for layer in layers.values() for one in layer.prefixes} | {kind.prefix}
        bare = next((plain.removeprefix(one) for one in every if plain.startswith(one)), plain)
        valid = f"{prefixes[0]}{bare.lstrip('_')}"
    why = (
        f"{name!r} is no name for a {kind.name} model: it starts with {' or '.join(prefixes)}"
        if name == plain
        else f"{name!r} is no name for a model: small letters, digits and _ only"
    )
    raise PlatformError(why, hint=f"for example {valid}")


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
