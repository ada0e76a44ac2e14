"""The names and unique ids dbt gives to generic tests (dbt 1.11, generic_test_builders)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import md5
from typing import Any

_NOT_WORD = re.compile("[^0-9a-zA-Z_]+")


def synthetic_names(kind: str, target: str, arguments: Mapping[str, Any]) -> tuple[str, str]:
    """(short, full) name of a test without a name of its own.

    `kind` is the test's name with its namespace, `target` what it is attached to. The short one
    has fewer than 64 characters: too long names end in the hash of the full one.
    """
    flat: list[str] = []
    for name in sorted(arguments):
        if name == "model":
            continue
        value = arguments[name]
        if isinstance(value, dict):
            flat += map(str, value.values())
        elif isinstance(value, (list, tuple)):
            flat += map(str, value)
        else:
            flat.append(str(value))
    identifier = f"{kind}_{target}"
    full = f"{identifier}_{'__'.join([_NOT_WORD.sub('_', part) for part in flat])}"
    if len(full) < 64:  # noqa: PLR2004
        return full, full
    return f"{identifier[:30]}_{md5(full.encode(), usedforsecurity=False).hexdigest()}", full


def id_hash(name: str, test_name: str, namespace: str | None, arguments: Mapping[str, Any]) -> str:
    """The ten characters at the end of a generic test's unique id."""
    data = {"kwargs": _hashable(arguments), "name": test_name, "namespace": str(namespace)}
    return md5((name + repr(data)).encode(), usedforsecurity=False).hexdigest()[-10:]


def _hashable(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        return {key: _hashable(value[key]) for key in sorted(value)}
    if kind is list:
        return [_hashable(item) for item in value]
    return str(value)
