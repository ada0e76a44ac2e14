"""What a manifest, or a reader's project, says about a dbt project: one flat mapping of facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Subject:
    """What a fact is about: the aspect, the resource, and the key within the resource."""

    aspect: str
    unique_id: str
    key: str = ""


@dataclass(frozen=True)
class Unknown:
    """The reader says that only dbt can tell, and why."""

    reason: str


Facts = Mapping[Subject, Any]

# Aspects whose facts exist or not: one side has a resource, an edge, a column more than the other.
EDGES = "edges"
EDGE_ORDER = "edge order"


def canonical(value: Any) -> Any:
    """The value as JSON would give it back, without the keys that are None."""
    if isinstance(value, Mapping):
        return {str(k): canonical(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def edges(unique_id: str, upstream: list[str] | tuple[str, ...]) -> Iterator[tuple[Subject, Any]]:
    """One fact per edge, and one for their order."""
    for parent in upstream:
        yield Subject(EDGES, unique_id, parent), True
    yield Subject(EDGE_ORDER, unique_id), list(upstream)


def constraints(declared: Any) -> list[dict[str, Any]]:
    """Constraints without the defaults that dbt writes into the manifest."""
    kept = ("type", "name", "expression", "columns", "to", "to_columns")
    found = []
    for constraint in declared or ():
        plain = canonical(constraint)
        found.append({key: plain[key] for key in kept if plain.get(key)})
    return found
